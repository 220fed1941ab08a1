"""tsur's core: federal rules and everything a region stands on; knows no web."""
