"""Finding what is near or past due and walking the region's ladder."""
