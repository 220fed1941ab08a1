"""A person is found by a second contact too: a telephone and an address stand in one line.

Revision ID: core0070
Revises: core0062
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import TEXT

revision = "core0070"
down_revision = "core0062"
branch_labels = None
depends_on = None

INDEX = "ix_applicant_other_mark"


def upgrade() -> None:
    op.add_column("applicant", sa.Column("other_mark", TEXT))
    op.create_index(INDEX, "applicant", ["other_mark"])


def downgrade() -> None:
    op.drop_index(INDEX, "applicant")
    op.drop_column("applicant", "other_mark")
