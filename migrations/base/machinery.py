"""What the centre itself runs on: numbers, imports, incidents, jobs, the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, MOMENT, NUMBER, TEXT, optional, required, row_id

TABLES = ("counter", "import_run", "incident", "job", "journal")


def create() -> None:
    """Create them; they refer to nothing."""
    op.create_table("counter", sa.Column("key", TEXT, primary_key=True), *required(NUMBER, "value"))
    op.create_table(
        "import_run",
        row_id(),
        *required(sa.String(64), "fingerprint"),
        *required(NUMBER, "position", "added", "known", "differing", "rejected", "routed"),
        *required(MOMENT, "started_at"),
        *optional(MOMENT, "finished_at"),
        sa.UniqueConstraint("fingerprint"),
    )
    op.create_table(
        "incident",
        row_id(),
        *required(TEXT, "key", "text"),
        *required(MOMENT, "first_at", "last_at"),
        *required(NUMBER, "times"),
        *optional(MOMENT, "resolved_at"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "job",
        row_id(),
        *required(TEXT, "name", "state"),
        *required(JSON, "payload"),
        *optional(TEXT, "ticket", "error"),
        *required(NUMBER, "attempts"),
        *required(MOMENT, "queued_at", "run_at"),
        *optional(MOMENT, "leased_until", "finished_at"),
        sa.UniqueConstraint("ticket"),
    )
    op.create_index("ix_job_state_run_at", "job", ["state", "run_at"])
    op.create_table(
        "journal",
        row_id(),
        *required(MOMENT, "at"),
        *required(TEXT, "actor", "name", "subject"),
        *optional(TEXT, "cause"),
        *required(JSON, "before", "after"),
    )
    op.create_index("ix_journal_subject", "journal", ["subject", "id"])
