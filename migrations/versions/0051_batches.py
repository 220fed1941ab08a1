"""Batches: one step with many cases, and what came of each.

Revision ID: core0051
Revises: core0049
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, MOMENT, NUMBER, TEXT, optional, references, required, row_id

revision = "core0051"
down_revision = "core0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        row_id(),
        *required(sa.String(255), "actor"),
        *required(TEXT, "step", "state"),
        *required(NUMBER, "missing"),
        *optional(JSON, "given"),
        *required(MOMENT, "prepared_at"),
        *optional(MOMENT, "started_at", "finished_at"),
    )
    op.create_index("ix_batch_actor", "batch", ["actor"])
    op.create_table(
        "batch_row",
        row_id(),
        *references("batch", "batch_id"),
        *references("appeal", "appeal_id"),
        *required(NUMBER, "version"),
        *required(TEXT, "state"),
        *optional(TEXT, "code", "text", "clause"),
        *optional(MOMENT, "ended_at"),
        sa.UniqueConstraint("batch_id", "appeal_id"),
    )
    op.create_index("ix_batch_row_appeal_id", "batch_row", ["appeal_id"])
    op.create_index("ix_batch_row_batch_id", "batch_row", ["batch_id", "state", "id"])


def downgrade() -> None:
    op.drop_table("batch_row")
    op.drop_table("batch")
