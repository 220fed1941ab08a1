"""More cuts are kept: the fold that ends a migration makes all cells anew.

Revision ID: core0013
Revises: core0012
"""

from alembic import op

revision = "core0013"
down_revision = "core0012"
branch_labels = None
depends_on = None

MAKE_ANEW = "UPDATE rollup SET edition = ''"


def upgrade() -> None:
    op.execute(MAKE_ANEW)


def downgrade() -> None:
    op.execute(MAKE_ANEW)
