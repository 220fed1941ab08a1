"""Incoming letters in the API."""
