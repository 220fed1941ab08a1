"""What is live, late or not accepted is found by an index of such rows alone.

Revision ID: core0006
Revises: core0005
"""

import sqlalchemy as sa
from alembic import op

revision = "core0006"
down_revision = "core0005"
branch_labels = None
depends_on = None

LIVE = "state <> 'closed'"
OPEN = "state IN ('assigned', 'disputed', 'in_work', 'queued', 'received')"
MAY_BE_LATE = (
    f"answered_at IS NOT NULL AND answered_at > due_at OR answered_at IS NULL AND {OPEN}"
)
PARTIAL = (
    ("ix_appeal_assigned", ("held_since", "id"), "state = 'assigned'"),
    ("ix_appeal_late", ("due_at", "id"), MAY_BE_LATE),
    ("ix_appeal_late_block", ("block", "due_at", "id"), MAY_BE_LATE),
    ("ix_appeal_late_municipality", ("municipality", "due_at", "id"), MAY_BE_LATE),
    ("ix_appeal_late_body", ("body_id", "due_at", "id"), MAY_BE_LATE),
    # The last: of indexes that look alike to it SQLite takes the newest.
    ("ix_appeal_live", ("due_at", "id"), LIVE),
)


def upgrade() -> None:
    op.drop_index("ix_appeal_state", "appeal")
    for name, columns, condition in PARTIAL:
        where = sa.text(condition)
        op.create_index(name, "appeal", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, _, _ in PARTIAL:
        op.drop_index(name, "appeal")
    op.create_index("ix_appeal_state", "appeal", ["state", "due_at"])
