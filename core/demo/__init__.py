"""An invented half-year of a region, or years: for looking, for tests and for benchmarks."""
