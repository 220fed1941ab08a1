"""The regime of an appeal with its ground, how its author is known, and why no answer is owed.

Of appeals that came earlier none of this was recorded, and none is made up.

Revision ID: core0016
Revises: core0015
"""

from alembic import op

from migrations.columns import MOMENT, TEXT, optional

revision = "core0016"
down_revision = "core0015"
branch_labels = None
depends_on = None

TEXTS = ("regime_clause", "identified_by", "unanswered_by")


def upgrade() -> None:
    for column in (*optional(TEXT, *TEXTS), *optional(MOMENT, "identified_at")):
        op.add_column("appeal", column)


def downgrade() -> None:
    for name in (*TEXTS, "identified_at"):
        op.drop_column("appeal", name)
