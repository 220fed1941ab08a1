"""Conflicts and errors of communication, votes and discussions: what the picture is drawn from.

Revision ID: core0055
Revises: core0054
"""

from alembic import op

from migrations.columns import DAY, MOMENT, TEXT, optional, references, required, row_id

revision = "core0055"
down_revision = "core0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "problem_sighting",
        row_id(),
        *required(TEXT, "kind"),
        *required(DAY, "on"),
        *optional(TEXT, "theme", "municipality"),
        *references("body", "body_id", nullable=True),
        *references("appeal", "appeal_id", nullable=True),
        *required(TEXT, "text"),
        *references("problem", "problem_id", nullable=True),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
        *optional(TEXT, "cause", "conclusion", "analysed_by"),
        *optional(MOMENT, "analysed_at"),
    )
    op.create_index("ix_problem_sighting_on", "problem_sighting", ["on"])


def downgrade() -> None:
    op.drop_table("problem_sighting")
