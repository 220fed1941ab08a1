"""The regions: one folder each, read beside its act."""
