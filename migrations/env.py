"""Runs the branches of one region over a connection that `core.region.migrate` has opened."""

from alembic import context

from core.region.migrate import options

context.configure(**options(context.config))
with context.begin_transaction():
    context.run_migrations()
