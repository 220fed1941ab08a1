"""Indicators in the API."""
