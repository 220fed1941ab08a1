"""What the applicant of a case that a rating counts has said of the answer.

Revision ID: core0100
Revises: core0099
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import NUMBER

revision = "core0100"
down_revision = "core0099"
branch_labels = None
depends_on = None

TABLE, COLUMN = "rating_case", "heard"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column(COLUMN, NUMBER))


def downgrade() -> None:
    op.drop_column(TABLE, COLUMN)
