"""Sessions of the board, under the hash of the cookie.

Revision ID: core0040
Revises: core0038
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, optional, required, row_id

revision = "core0040"
down_revision = "core0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session",
        row_id(),
        *required(sa.String(64), "digest"),
        *required(sa.String(255), "subject"),
        *required(MOMENT, "opened_at", "used_at", "ends_at"),
        *optional(MOMENT, "closed_at"),
        sa.UniqueConstraint("digest"),
    )
    for column in ("subject", "ends_at"):
        op.create_index(f"ix_session_{column}", "session", [column])


def downgrade() -> None:
    op.drop_table("session")
