"""Ratings: the method as law, and the score of every subject out of its cases."""
