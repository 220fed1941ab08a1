"""Themes, bodies and owners as law."""
