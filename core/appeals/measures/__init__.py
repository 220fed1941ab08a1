"""Results of considered appeals and measures taken by them (59-ФЗ, art. 14)."""
