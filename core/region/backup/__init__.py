"""A copy of everything that an installation keeps, sealed by a passphrase, and the way back."""
