"""Faults made on purpose, on real processes under load: `python -m tests.faults --json FILE`."""
