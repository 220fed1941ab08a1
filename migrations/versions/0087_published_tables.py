"""Public tables as they were released, so that looks between two releases agree.

Revision ID: core0087
Revises: core0086
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, JSON, MOMENT, TEXT, required, row_id

revision = "core0087"
down_revision = "core0086"
branch_labels = None
depends_on = None

TABLE = "published_table"


def upgrade() -> None:
    op.create_table(
        TABLE,
        row_id(),
        *required(TEXT, "measure", "dimensions"),
        *required(DAY, "start", "released_on"),
        *required(JSON, "cells"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("measure", "dimensions", "start", "released_on"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
