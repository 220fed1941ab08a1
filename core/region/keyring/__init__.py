"""Keys of a region beside its database: what it remembers them by, rotation, a sealed copy."""
