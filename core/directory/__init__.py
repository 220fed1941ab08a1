"""Bodies, people and who holds which role on which ground and when."""
