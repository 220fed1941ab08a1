"""Which process has a job in hand: one that is gone is not waited for.

Revision ID: core0101
Revises: core0100
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import TEXT

revision = "core0101"
down_revision = "core0100"
branch_labels = None
depends_on = None

TABLE, COLUMN = "job", "holder"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column(COLUMN, TEXT))


def downgrade() -> None:
    op.drop_column(TABLE, COLUMN)
