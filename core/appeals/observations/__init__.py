"""Figures of appeals cell by cell: a value, the cases behind it, and how it is to be read."""
