"""Opening a region: hooks, layers of law, migrations, tokens and their issuer."""
