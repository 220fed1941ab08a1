"""Obligations in the API: the calendar of a year, one's own, proofs, the feed."""
