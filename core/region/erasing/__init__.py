"""Carrying out an erasure: intent, destruction, seal; and what a restored backup has to be told."""
