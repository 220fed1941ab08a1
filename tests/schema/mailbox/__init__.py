"""Incoming letters through the API."""
