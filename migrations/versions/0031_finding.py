"""What cases are found by, who executes them, and notes on them.

The last change of an old case is the last line of its ledger. Marks of old applicants are written
by a job, as a revision has no keys.

Revision ID: core0031
Revises: core0030
"""

import re
import unicodedata

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
BATCH = 1_000
LAST_CHANGE = (
    "UPDATE appeal SET changed_at = coalesce((SELECT max(recorded_at) FROM ledger"
    " WHERE ledger.appeal_id = appeal.id), received_at)"
)


def upgrade() -> None:
    kind = "INTEGER" if sqlite() else "BIGINT"
    op.execute(f"ALTER TABLE appeal ADD COLUMN executor_id {kind} REFERENCES person (id)")
    op.add_column("appeal", sa.Column("address_words", TEXT))
    changed = sa.Column(
        "changed_at", MOMENT, nullable=False, server_default="2000-01-01 00:00:00.000000"
    )
    op.add_column("appeal", changed)
    _count(on=False)
    op.execute(LAST_CHANGE)
    _fold_addresses()
    _count(on=True)
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


def _fold_addresses() -> None:
    connection, last = op.get_bind(), 0
    while True:
        asked = sa.text(
            "SELECT id, address FROM appeal WHERE id > :last AND address IS NOT NULL"
            " ORDER BY id LIMIT :batch"
        )
        rows = connection.execute(asked, {"last": last, "batch": BATCH}).all()
        if not rows:
            return
        connection.execute(
            sa.text("UPDATE appeal SET address_words = :words WHERE id = :id"),
            [{"id": row.id, "words": _words(row.address)} for row in rows],
        )
        last = rows[-1].id


def _words(text: str) -> str:
    """As `core.kernel.search.folded` had it when this was written."""
    plain = unicodedata.normalize("NFC", text).lower().replace("ё", "е")
    return " ".join(["", *(word[:64] for word in re.findall(r"[^\W_]+", plain)), ""])


def _count(*, on: bool) -> None:
    """No figure hangs on what is filled here: its triggers need not look at every row."""
    if not sqlite():
        state = "ENABLE" if on else "DISABLE"
        op.execute(f"ALTER TABLE appeal {state} TRIGGER appeal_rollup_update")
