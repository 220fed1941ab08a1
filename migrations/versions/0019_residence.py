"""Where the author of an appeal lives: an act may choose the block by it.

Nobody knows it of what came before, so it stays empty there: the place of the problem is not it.

Revision ID: core0019
Revises: core0018
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import TEXT

revision = "core0019"
down_revision = "core0018"
branch_labels = None
depends_on = None

COLUMN = "residence_municipality"


def upgrade() -> None:
    """On a table with triggers: a column is added in its place, the table is not made anew."""
    op.add_column("appeal", sa.Column(COLUMN, TEXT, nullable=True))


def downgrade() -> None:
    """Drop it in its place too."""
    op.drop_column("appeal", COLUMN)
