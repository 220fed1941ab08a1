"""The sealed journal of a region: sealing what was written, proving it, finding changes."""
