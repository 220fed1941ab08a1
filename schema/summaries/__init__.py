"""Summaries in the API: figures of a closed period, the cases behind each, reports made of them."""
