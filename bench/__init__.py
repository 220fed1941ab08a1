"""Benchmarks that anyone can run: `python -m bench --help`. They print ratios, never promises."""
