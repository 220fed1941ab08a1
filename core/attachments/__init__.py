"""Files that belong to a case: sealed, told apart by content, checked, shown by a cleaned copy."""
