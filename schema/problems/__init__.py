"""The heat map in the API: where there are how many appeals, and where unexpectedly many."""
