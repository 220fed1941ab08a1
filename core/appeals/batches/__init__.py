"""One step with many cases: first how many may, then each in its own turn, with a result by row."""
