"""Verbs of the `tsur` command, one module a topic; `core/cli.py` puts them together."""
