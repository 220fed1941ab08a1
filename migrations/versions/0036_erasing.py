"""Erasing what is known of a person: orders, holds, and what a row may be without.

Rows that are never changed may lose the words of persons and the salts of their seals, and nothing
else of them.

Revision ID: core0036
Revises: core0035
"""

from alembic import op

from migrations.columns import JSON, MOMENT, TEXT, DAY, optional, references, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0036"
down_revision = "core0035"
branch_labels = None
depends_on = None

GUARDED = ("journal", "ledger", "note", "seal_leaf")


def upgrade() -> None:
    op.create_table(
        "erasure",
        row_id(),
        *required(JSON, "appeals"),
        *required(TEXT, "ground", "actor"),
        *required(MOMENT, "ordered_at"),
        *required(DAY, "plain_until"),
        *optional(MOMENT, "done_at"),
        *required(JSON, "extract"),
    )
    op.create_table(
        "erasure_hold",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(TEXT, "ground", "placed_by"),
        *required(MOMENT, "placed_at"),
        *optional(MOMENT, "lifted_at"),
    )
    op.create_index("ix_erasure_hold_appeal_id", "erasure_hold", ["appeal_id"])
    for table in GUARDED:
        drop_trigger(f"{table}_refuse_{'update' if sqlite() else 'change'}", table)
    execute("core0036")


def downgrade() -> None:
    for table in GUARDED:
        drop_trigger(f"{table}_refuse_update", table)
        if not sqlite():
            drop_trigger(f"{table}_refuse_change", table)
    execute("core0036_back")
    if not sqlite():
        op.execute("DROP FUNCTION refuse_all_but()")
    for table in ("erasure_hold", "erasure"):
        op.drop_table(table)
