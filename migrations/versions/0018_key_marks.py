"""What a database remembers its keys by, so that it never opens with another's.

Revision ID: core0018
Revises: core0017
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, TEXT, optional, required, row_id

revision = "core0018"
down_revision = "core0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_mark",
        row_id(),
        *required(TEXT, "kind", "mark"),
        *required(MOMENT, "met_at"),
        *optional(MOMENT, "settled_at", "retired_at", "saved_at"),
        sa.UniqueConstraint("kind", "mark"),
    )


def downgrade() -> None:
    op.drop_table("key_mark")
