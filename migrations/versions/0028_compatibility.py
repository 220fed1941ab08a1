"""How many breaking steps the tables have taken: an older program sees whether it can serve them.

Revision ID: core0028
Revises: core0027
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import NUMBER, TEXT, required

revision = "core0028"
down_revision = "core0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compatibility",
        sa.Column("branch", TEXT, primary_key=True),
        *required(NUMBER, "number"),
    )


def downgrade() -> None:
    op.drop_table("compatibility")
