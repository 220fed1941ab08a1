"""By which fold the cells are as they are: what is reckoned of them is remembered so long.

Revision ID: core0080
Revises: core0071
"""

import sqlalchemy as sa
from alembic import op

revision = "core0080"
down_revision = "core0071"
branch_labels = None
depends_on = None

STATES = ("rollup", "dispute_rollup")


def upgrade() -> None:
    for table in STATES:
        op.add_column(table, sa.Column("fold", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in STATES:
        op.drop_column(table, "fold")
