"""The law as pure data and pure functions: standard library only."""
