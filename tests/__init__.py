"""The tests, in the mirror of the code; `contract/` for every region, `architecture/` beside."""
