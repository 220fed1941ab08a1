"""Looks at letters are counted like looks at applicants: a letter says who wrote it.

Revision ID: core0090
Revises: core0081
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, references, required, row_id

revision = "core0090"
down_revision = "core0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_look",
        row_id(),
        *required(sa.String(255), "actor"),
        *references("letter", "letter_id"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_letter_look_actor", "letter_look", ["actor", "at"])


def downgrade() -> None:
    op.drop_table("letter_look")
