"""Leaving an appeal without an answer on its substance, each ground with its own proof."""
