"""Law as text: the rulebook, comparisons, conformance, the account of clauses."""
