"""Appeals left without an answer on their substance, cards of personal reception.

Revision ID: core0023
Revises: core0015
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import FLAG, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

revision = "core0023"
down_revision = "core0015"
branch_labels = None
depends_on = None

TABLES = ("conclusion", "reception")


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


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
