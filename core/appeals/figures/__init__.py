"""Appeals as a counted subject, and the proof of their figures from the ledgers."""
