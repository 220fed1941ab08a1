"""Dealings with partners in the API."""
