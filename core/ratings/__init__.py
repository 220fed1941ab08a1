"""Ratings: the method as law, scores out of cases, and a life from trial to correction."""
