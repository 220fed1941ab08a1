"""The index of the cases in clusters leaves out the many that are in none.

Revision ID: core0010
Revises: core0009
"""

import sqlalchemy as sa
from alembic import op

revision = "core0010"
down_revision = "core0009"
branch_labels = None
depends_on = None

NAME, TABLE, COLUMNS = "ix_appeal_cluster_id", "appeal", ["cluster_id"]
CLUSTERED = sa.text("cluster_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, COLUMNS, sqlite_where=CLUSTERED, postgresql_where=CLUSTERED)


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, COLUMNS)
