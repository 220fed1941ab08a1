"""What cases are found by, who executes them, and notes on them.

Programs of before work on beside it: what they leave out, and what stands already, is filled in
batches after it and by a job (`core.appeals.refresh.columns`). Marks of applicants are written by a
job, as a revision has no keys.

Revision ID: core0031
Revises: core0030
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, TEXT, references, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0031"
down_revision = "core0030"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_appeal_external_id": ("external_id",),
    "ix_appeal_changed_at": ("changed_at", "id"),
    "ix_appeal_registered_at": ("registered_at",),
    "ix_appeal_answered_at": ("answered_at",),
    "ix_appeal_closed_at": ("closed_at",),
}
EXECUTOR = "ix_appeal_executor_id"
MARKS = ("name_mark", "short_mark", "contact_mark", "marked_by")


def upgrade() -> None:
    kind = "INTEGER" if sqlite() else "BIGINT"
    op.execute(f"ALTER TABLE appeal ADD COLUMN executor_id {kind} REFERENCES person (id)")
    op.add_column("appeal", sa.Column("address_words", TEXT))
    changed = sa.Column(
        "changed_at", MOMENT, nullable=False, server_default="2000-01-01 00:00:00.000000"
    )
    op.add_column("appeal", changed)
    for name, columns in INDEXES.items():
        op.create_index(name, "appeal", [*columns])
    named = sa.text("executor_id IS NOT NULL")
    op.create_index(
        EXECUTOR,
        "appeal",
        ["executor_id", "due_at", "id"],
        sqlite_where=named,
        postgresql_where=named,
    )
    for name in MARKS:
        op.add_column("applicant", sa.Column(name, TEXT))
        op.create_index(f"ix_applicant_{name}", "applicant", [name])
    _create_notes()


def downgrade() -> None:
    if not sqlite():
        drop_trigger("note_refuse_change", "note")
    op.drop_table("note")
    for name in MARKS:
        op.drop_index(f"ix_applicant_{name}", "applicant")
        op.drop_column("applicant", name)
    for name in (EXECUTOR, *INDEXES):
        op.drop_index(name, "appeal")
    for name in ("changed_at", "address_words", "executor_id"):
        op.drop_column("appeal", name)


def _create_notes() -> None:
    op.create_table(
        "note",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("note", "corrects_id", nullable=True),
        *required(TEXT, "actor", "text"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_note_appeal_id", "note", ["appeal_id", "id"])
    execute("core0031")
