"""Municipal centres. The core's branch, which has the bodies, is brought up before any other.

This cannot say that it needs core0014: a database of the first release stands at both, and Alembic
takes for overlapping what stands at a revision and at what that one needs.

Revision ID: municipal_0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "municipal_0001"
down_revision = None
branch_labels = ("municipal",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "municipal_centre",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_municipal_centre_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipal_centre")),
        sa.UniqueConstraint("municipality", name=op.f("uq_municipal_centre_municipality")),
    )


def downgrade() -> None:
    op.drop_table("municipal_centre")
