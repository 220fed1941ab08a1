"""What a letter says, out of its bytes alone: no database, no settings, no network."""
