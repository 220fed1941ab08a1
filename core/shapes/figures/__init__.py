"""Counts of anything."""
