"""The sealed journal: rows as canonical bytes, hashed at insert, and the tree they stand in."""
