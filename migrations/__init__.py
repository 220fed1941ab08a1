"""Alembic's scripts: `env.py` for the branches of all layers, `versions/` for the branch core."""
