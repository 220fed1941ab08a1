"""Looks at personal data, counted for whoever looks, and readings of many people's with a reason.

Revision ID: core0046
Revises: core0045
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, NUMBER, TEXT, references, required, row_id

revision = "core0046"
down_revision = "core0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_look",
        row_id(),
        *required(sa.String(255), "actor"),
        *references("appeal", "appeal_id"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_person_look_actor", "person_look", ["actor", "at"])
    op.create_table(
        "many_reading",
        row_id(),
        *required(sa.String(255), "actor"),
        *required(TEXT, "reason"),
        *required(NUMBER, "persons"),
        *required(MOMENT, "opened_at", "until"),
    )
    op.create_index("ix_many_reading_actor", "many_reading", ["actor", "opened_at"])


def downgrade() -> None:
    op.drop_table("many_reading")
    op.drop_table("person_look")
