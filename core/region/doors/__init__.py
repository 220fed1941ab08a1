"""Opening the doors of a restored database: what would go, and what a person says of it."""
