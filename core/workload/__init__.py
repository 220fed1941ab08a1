"""Workload of specialists and blocks, and what the centre proposes because of it."""
