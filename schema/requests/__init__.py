"""Requests of materials in the API."""
