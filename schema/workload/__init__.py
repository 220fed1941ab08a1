"""Workload in the API."""
