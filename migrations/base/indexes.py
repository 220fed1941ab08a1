"""The orders and filters in which appeals are read, those of one dialect apart in its SQL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

LIVE = "state <> 'closed'"
OPEN = "state IN ('assigned', 'disputed', 'in_work', 'queued', 'received')"
MAY_BE_LATE = (
    f"answered_at IS NOT NULL AND answered_at > due_at OR answered_at IS NULL AND {OPEN}"
)
WHOLE = (
    ("ix_appeal_body_id", ("body_id", "received_at")),
    ("ix_appeal_due_at", ("due_at", "id")),
    ("ix_appeal_municipality", ("municipality", "received_at")),
    ("ix_appeal_received_at", ("received_at", "id")),
    ("ix_appeal_theme", ("theme", "received_at")),
)
PARTIAL = (
    ("ix_appeal_assigned", ("held_since", "id"), "state = 'assigned'"),
    ("ix_appeal_late", ("due_at", "id"), MAY_BE_LATE),
    ("ix_appeal_late_block", ("block", "due_at", "id"), MAY_BE_LATE),
    ("ix_appeal_late_municipality", ("municipality", "due_at", "id"), MAY_BE_LATE),
    ("ix_appeal_late_body", ("body_id", "due_at", "id"), MAY_BE_LATE),
    # The last by the term: of indexes that look alike to it SQLite takes the newest.
    ("ix_appeal_live", ("due_at", "id"), LIVE),
    ("ix_appeal_cluster_id", ("cluster_id",), "cluster_id IS NOT NULL"),
)


def create() -> None:
    """Create them, in the order in which SQLite weighs them."""
    for name, columns in WHOLE:
        op.create_index(name, "appeal", columns)
    for name, some, condition in PARTIAL:
        where = sa.text(condition)
        op.create_index(name, "appeal", some, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_appeal_block", "appeal", ["block", "state", "received_at", "id"])
