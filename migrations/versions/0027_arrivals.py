"""How a database came to be where it is, and whether its doors are open.

Revision ID: core0027
Revises: core0026
"""

from alembic import op

from migrations.columns import MOMENT, TEXT, optional, required, row_id

revision = "core0027"
down_revision = "core0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        row_id(),
        *required(TEXT, "way", "source"),
        *required(MOMENT, "made_at", "began_at"),
        *optional(MOMENT, "completed_at", "released_at"),
        *optional(TEXT, "verdict"),
    )


def downgrade() -> None:
    op.drop_table("arrival")
