"""Where it hurts and why: the heat map, the list of problems, their causes and what helped."""
