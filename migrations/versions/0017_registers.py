"""A decided block holds until the next one of its key; where it stood by its order, it says so.

Revision ID: core0017
Revises: core0015
"""

import sqlalchemy as sa
from alembic import op

revision = "core0017"
down_revision = "core0015"
branch_labels = None
depends_on = None

LATER = sa.text(
    "UPDATE block_proposal SET until = (SELECT min(later.since) FROM block_proposal AS later"
    " WHERE later.key = block_proposal.key AND later.state = 'in_force'"
    " AND (later.since > block_proposal.since"
    " OR later.since = block_proposal.since AND later.id > block_proposal.id))"
    " WHERE state = 'in_force'"
)


def upgrade() -> None:
    op.add_column("block_proposal", sa.Column("until", sa.Date(), nullable=True))
    op.execute(LATER)


def downgrade() -> None:
    op.drop_column("block_proposal", "until")
