"""Terms beside that of the answer: kept as rows, swept, listed."""
