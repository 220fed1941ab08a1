"""Groups of like cases; a proposal names one. The job that finds them goes through old cases too.

Revision ID: core0037
Revises: core0036
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, MOMENT, NUMBER, TEXT, references, required, row_id
from migrations.texts import sqlite

revision = "core0037"
down_revision = "core0036"
branch_labels = None
depends_on = None

PROPOSED = "ix_duplicate_proposal_group_id"


def upgrade() -> None:
    op.create_table(
        "like_group",
        row_id(),
        *references("appeal", "first_id"),
        *required(MOMENT, "first_at", "last_at"),
        *required(NUMBER, "size"),
    )
    op.create_table(
        "like_case",
        sa.Column("appeal_id", ID, sa.ForeignKey("appeal.id"), primary_key=True),
        *references("like_group", "group_id"),
        *required(NUMBER, "position"),
        *references("appeal", "other_id", nullable=True),
        *required(NUMBER, "score"),
        *required(TEXT, "reasons"),
    )
    op.create_index("ix_like_case_group_id", "like_case", ["group_id", "position"])
    op.create_table(
        "like_mark",
        sa.Column("mark", ID, primary_key=True, autoincrement=False),
        sa.Column("group_id", ID, sa.ForeignKey("like_group.id"), primary_key=True),
    )
    kind = "INTEGER" if sqlite() else "BIGINT"
    column = f"ADD COLUMN group_id {kind} REFERENCES like_group (id)"
    op.execute(f"ALTER TABLE duplicate_proposal {column}")
    op.create_index(PROPOSED, "duplicate_proposal", ["group_id"], unique=True)


def downgrade() -> None:
    op.drop_index(PROPOSED, "duplicate_proposal")
    op.drop_column("duplicate_proposal", "group_id")
    op.execute("DELETE FROM counter WHERE key = 'duplicates/placed'")
    for name in ("like_mark", "like_case", "like_group"):
        op.drop_table(name)
