"""Which programs a database still serves: old and new ones side by side, while one is upgraded."""
