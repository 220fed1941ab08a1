"""Appeals left without an answer on their substance.

Revision ID: core0023
Revises: core0015
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, MOMENT, NUMBER, TEXT
from migrations.columns import references, required, row_id

revision = "core0023"
down_revision = "core0015"
branch_labels = None
depends_on = None

TABLES = ("conclusion",)


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


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
