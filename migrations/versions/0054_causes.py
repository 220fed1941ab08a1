"""Causes of problems and the measures that remove them.

Revision ID: core0054
Revises: core0053
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import (
    DAY,
    JSON,
    MOMENT,
    NUMBER,
    TEXT,
    optional,
    references,
    required,
    row_id,
)

revision = "core0054"
down_revision = "core0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "problem_cause",
        row_id(),
        *references("problem", "problem_id"),
        *required(NUMBER, "number"),
        *required(TEXT, "method"),
        *required(JSON, "reasons"),
        *required(TEXT, "root", "actor"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("problem_id", "number"),
    )
    op.create_table(
        "problem_measure",
        row_id(),
        *references("problem", "problem_id"),
        *required(NUMBER, "number"),
        *required(TEXT, "text"),
        *required(DAY, "due"),
        *required(MOMENT, "due_at"),
        *references("person", "person_id"),
        *references("body", "body_id"),
        *optional(DAY, "done_on"),
        *optional(TEXT, "proof"),
        *optional(DAY, "reminded_on"),
        *optional(MOMENT, "breached_at"),
        sa.UniqueConstraint("problem_id", "number"),
    )
    op.create_index("ix_problem_measure_due_at", "problem_measure", ["due_at"])


def downgrade() -> None:
    for table in ("problem_measure", "problem_cause"):
        op.drop_table(table)
