"""Results of considered appeals and measures taken by them."""
