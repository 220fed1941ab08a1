"""The doors of a restored database: closed until a person has looked at what would go."""
