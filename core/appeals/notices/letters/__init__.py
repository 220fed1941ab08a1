"""What citizens read: one function for each letter, full sentences with the norm in the text."""
