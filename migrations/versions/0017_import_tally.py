"""What an import has taken in, by regime and by what it lacks: an interrupted one goes on counting.

Revision ID: core0017
Revises: core0016
"""

import sqlalchemy as sa
from alembic import op

revision = "core0017"
down_revision = "core0016"
branch_labels = None
depends_on = None

COUNTS = ("appeals", "messages", "no_deadline", "no_theme", "registered_late", "warned")


def upgrade() -> None:
    for name in COUNTS:
        count = sa.Column(name, sa.Integer, nullable=False, server_default="0")
        op.add_column("import_run", count)


def downgrade() -> None:
    for name in reversed(COUNTS):
        op.drop_column("import_run", name)
