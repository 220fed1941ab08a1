"""Duplicates: cases of one problem join a cluster, people never merge."""
