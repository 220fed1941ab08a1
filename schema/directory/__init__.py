"""The directory in the API."""
