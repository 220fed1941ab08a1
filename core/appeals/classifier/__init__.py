"""The region's classifier: dated categories of an annex, each row the ground of what it decides."""
