"""One clerk's Monday: ten situations of a day, each played in a browser by whoever works in it."""
