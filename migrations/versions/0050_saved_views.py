"""Addresses of lists that people come back to, sealed.

Revision ID: core0050
Revises: core0052
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, required, row_id

revision = "core0050"
down_revision = "core0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        row_id(),
        *required(sa.String(255), "subject"),
        *required(sa.LargeBinary(), "sealed"),
        *required(MOMENT, "saved_at"),
    )
    op.create_index("ix_saved_view_subject", "saved_view", ["subject"])


def downgrade() -> None:
    op.drop_table("saved_view")
