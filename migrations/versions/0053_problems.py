"""Problems: the list with its sources, the cases of each, what was done, categories.

Revision ID: core0053
Revises: core0050
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

revision = "core0053"
down_revision = "core0050"
branch_labels = None
depends_on = None

TABLES = ("problem_category", "problem_step", "problem_case", "problem")


def upgrade() -> None:
    op.create_table(
        "problem",
        row_id(),
        *required(TEXT, "title", "theme"),
        *optional(TEXT, "municipality", "category"),
        *required(TEXT, "source", "label"),
        *required(JSON, "evidence"),
        *required(TEXT, "clause"),
        *required(DAY, "chosen_since", "chosen_until"),
        *required(TEXT, "state"),
        *optional(NUMBER, "declared"),
        *references("document", "document_id", nullable=True),
        *optional(DAY, "carried_on", "closed_on"),
        *required(NUMBER, "done_before"),
        *required(TEXT, "opened_by"),
        *required(MOMENT, "opened_at"),
        *required(NUMBER, "version"),
    )
    op.create_index("ix_problem_state", "problem", ["state"])
    op.create_table(
        "problem_case",
        row_id(),
        *references("problem", "problem_id"),
        *references("appeal", "appeal_id"),
        *required(TEXT, "why"),
        *required(MOMENT, "added_at"),
        sa.UniqueConstraint("problem_id", "appeal_id"),
    )
    op.create_index("ix_problem_case_appeal_id", "problem_case", ["appeal_id"])
    op.create_table(
        "problem_step",
        row_id(),
        *references("problem", "problem_id"),
        *required(TEXT, "kind", "words"),
        *required(sa.String(255), "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_problem_step_problem_id", "problem_step", ["problem_id", "id"])
    op.create_table(
        "problem_category",
        row_id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        *required(TEXT, "theme", "name", "label", "file"),
        *required(sa.String(64), "digest"),
        *required(MOMENT, "loaded_at"),
        *optional(MOMENT, "adopted_at"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
