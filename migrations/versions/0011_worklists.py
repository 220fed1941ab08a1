"""Appeals of one state, and of one block in one state, are found in the order of their receipt.

Otherwise a list of the newest closed appeals walks every case that came in since and is still
open: the more appeals a region has, the longer. The index of blocks alone has nothing to add.
SQLite, which knows no frequencies, would prefer the index of states to those of few rows.

Revision ID: core0011
Revises: core0010
"""

from alembic import op

revision = "core0011"
down_revision = "core0010"
branch_labels = None
depends_on = None

BY_RECEIPT = ("state", "received_at", "id")


def upgrade() -> None:
    op.drop_index("ix_appeal_block", "appeal")
    op.create_index("ix_appeal_block", "appeal", ["block", *BY_RECEIPT])
    if op.get_context().dialect.name != "sqlite":
        op.create_index("ix_appeal_state", "appeal", [*BY_RECEIPT])


def downgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.drop_index("ix_appeal_state", "appeal")
    op.drop_index("ix_appeal_block", "appeal")
    op.create_index("ix_appeal_block", "appeal", ["block"])
