"""A person is found by the postal address too.

Revision ID: core0081
Revises: core0080
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import TEXT

revision = "core0081"
down_revision = "core0080"
branch_labels = None
depends_on = None

INDEX = "ix_applicant_address_mark"


def upgrade() -> None:
    op.add_column("applicant", sa.Column("address_mark", TEXT))
    op.create_index(INDEX, "applicant", ["address_mark"])


def downgrade() -> None:
    op.drop_index(INDEX, "applicant")
    op.drop_column("applicant", "address_mark")
