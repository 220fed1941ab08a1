"""Links of letters: each opens the page of its appeal, and is kept as a hash."""
