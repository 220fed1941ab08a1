"""Whose login a session is, which rights it began with, and drafts of what was not sent yet.

Revision ID: core0048
Revises: core0047
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, optional, required, row_id

revision = "core0048"
down_revision = "core0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("login", sa.String(255)))
    op.add_column("session", sa.Column("rights", sa.String(64)))
    op.create_index("ix_session_login", "session", ["login"])
    op.create_table(
        "draft",
        row_id(),
        *required(sa.String(255), "subject", "place"),
        *required(sa.LargeBinary(), "sealed"),
        *required(MOMENT, "saved_at", "ends_at"),
        *optional(MOMENT, "seen_at"),
        sa.UniqueConstraint("subject", "place"),
    )
    op.create_index("ix_draft_ends_at", "draft", ["ends_at"])


def downgrade() -> None:
    op.drop_table("draft")
    op.drop_index("ix_session_login", "session")
    op.drop_column("session", "rights")
    op.drop_column("session", "login")
