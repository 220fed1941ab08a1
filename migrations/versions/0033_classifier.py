"""The region's classifier, and which of its rows a case was given.

Revision ID: core0033
Revises: core0032
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, JSON, NUMBER, TEXT, optional, references, required, row_id
from migrations.texts import sqlite

revision = "core0033"
down_revision = "core0032"
branch_labels = None
depends_on = None

GIVEN = "ix_appeal_category_id"


def upgrade() -> None:
    op.create_table(
        "category",
        row_id(),
        *required(TEXT, "key", "act", "annex", "row", "object", "name"),
        *optional(TEXT, "cause", "theme", "municipality"),
        *optional(NUMBER, "first_day", "last_day"),
        *required(JSON, "stages", "evidence"),
        *references("body", "body_id", nullable=True),
        *required(DAY, "since"),
        *optional(DAY, "until"),
    )
    op.create_index("ix_category_key", "category", ["key", "since"])
    kind = "INTEGER" if sqlite() else "BIGINT"
    op.execute(f"ALTER TABLE appeal ADD COLUMN category_id {kind} REFERENCES category (id)")
    given = sa.text("category_id IS NOT NULL")
    op.create_index(
        GIVEN, "appeal", ["category_id"], sqlite_where=given, postgresql_where=given
    )


def downgrade() -> None:
    op.drop_index(GIVEN, "appeal")
    op.drop_column("appeal", "category_id")
    op.drop_table("category")
