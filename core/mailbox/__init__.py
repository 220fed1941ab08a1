"""Letters that come by e-mail: kept whole, read, told apart, put to their cases."""
