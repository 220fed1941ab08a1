"""Terms of every kind."""
