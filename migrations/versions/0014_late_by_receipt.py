"""What is late is found in the order of its receipt too, passing over what is not late yet.

Otherwise the latest received of them are found by walking everything that came in since: 0.6 s of
a list of fifty at a million appeals, more the more there are. SQLite sorts what is late instead.

Revision ID: core0014
Revises: core0013
"""

import sqlalchemy as sa
from alembic import op

revision = "core0014"
down_revision = "core0013"
branch_labels = None
depends_on = None

NAME, TABLE, COLUMNS = "ix_appeal_late_received_at", "appeal", ["received_at", "id", "due_at"]
OPEN = "state IN ('assigned', 'disputed', 'in_work', 'queued', 'received')"
MAY_BE_LATE = sa.text(
    f"answered_at IS NOT NULL AND answered_at > due_at OR answered_at IS NULL AND {OPEN}"
)


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.create_index(NAME, TABLE, COLUMNS, postgresql_where=MAY_BE_LATE)


def downgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.drop_index(NAME, TABLE)
