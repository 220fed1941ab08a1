"""Verbs of the `tsur` command, one module a topic; `cli.py` puts them together."""
