"""By when a case was handed to a body: a rating reads the quarters it is of, not all ledgers.

Revision ID: core0099
Revises: core0094
"""

import sqlalchemy as sa
from alembic import op

revision = "core0099"
down_revision = "core0094"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_ledger_handed", "ledger"
HANDED = sa.text("fact IN ('delegated', 'queued', 'returned', 'routed', 'transferred')")


def upgrade() -> None:
    op.create_index(
        NAME, TABLE, ["at", "appeal_id", "body"], sqlite_where=HANDED, postgresql_where=HANDED
    )


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
