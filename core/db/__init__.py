"""Databases as such: engines, kept statements, the reader, bulk writing, keysets."""
