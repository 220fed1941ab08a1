"""Where it hurts: the heat map of appeals by theme and municipality, and what stands out on it."""
