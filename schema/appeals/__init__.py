"""Appeals in the API: looking for them, their life, counts, steps."""
