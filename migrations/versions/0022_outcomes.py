"""Appeals left without an answer, cards of personal reception, measures taken.

Revision ID: core0022
Revises: core0021
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, FLAG, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

revision = "core0022"
down_revision = "core0021"
branch_labels = None
depends_on = None

TABLES = ("conclusion", "reception", "measure")


def upgrade() -> None:
    op.create_table(
        "conclusion",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(NUMBER, "seq"),
        *required(TEXT, "outcome", "clause"),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "decided_by", "actor"),
        *required(MOMENT, "decided_at"),
        *required(JSON, "proof"),
        sa.UniqueConstraint("appeal_id", "seq"),
    )
    op.create_table(
        "reception",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("person", "official_id"),
        *required(TEXT, "official", "document"),
        *required(FLAG, "obvious", "consent"),
        *optional(TEXT, "oral_answer"),
        *required(TEXT, "actor"),
        *required(MOMENT, "recorded_at"),
        sa.UniqueConstraint("appeal_id"),
    )
    op.create_table(
        "measure",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(NUMBER, "seq"),
        *required(TEXT, "kind", "done"),
        *optional(TEXT, "responsible", "act_number"),
        *optional(DAY, "act_date"),
        *required(DAY, "taken_on"),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "actor"),
        *required(MOMENT, "recorded_at"),
        sa.UniqueConstraint("appeal_id", "seq"),
    )
    op.create_index("ix_measure_taken_on", "measure", ["taken_on"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
