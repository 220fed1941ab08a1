"""Indicators as law."""
