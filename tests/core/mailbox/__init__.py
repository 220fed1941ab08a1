"""Letters that come by e-mail."""
