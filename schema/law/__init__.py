"""The law in the API: acts, clauses, the rulebook of any day."""
