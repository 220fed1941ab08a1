"""Trials.

Revision ID: polygon0001
Revises: -
"""

import sqlalchemy as sa
from alembic import op

revision = "polygon0001"
down_revision = None
branch_labels = ("polygon",)
depends_on = "core0014"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "polygon_trial",
        sa.Column("id", ID, primary_key=True),
        sa.Column("body_id", ID, sa.ForeignKey("body.id"), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("polygon_trial")
