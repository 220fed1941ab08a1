"""An invented half-year of a region: for looking, for tests and for benchmarks."""
