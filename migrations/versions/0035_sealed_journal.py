"""The sealed journal: seals of rows, the tree they stand in, and what waits to be in it.

On SQLite a row that replaces another one no longer passes what refuses changes.

Revision ID: core0035
Revises: core0033
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, MOMENT, NUMBER, TEXT, optional, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0035"
down_revision = "core0033"
branch_labels = None
depends_on = None

BYTES = sa.LargeBinary()
SEALED = ("journal", "ledger", "answer")
KEPT = ("seal_leaf", "seal_node", "seal_head")
NO_REPLACING = ("journal", "ledger", "decision", "note")


def upgrade() -> None:
    for table in SEALED:
        op.add_column(table, sa.Column("seal", BYTES))
        op.add_column(table, sa.Column("salts", BYTES))
    op.create_table(
        "seal_leaf",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        *required(TEXT, "kind"),
        *required(ID, "row_id"),
        *required(NUMBER, "form"),
        *required(BYTES, "digest"),
        *optional(BYTES, "seal", "salts"),
        *optional(TEXT, "fault"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_seal_leaf_kind", "seal_leaf", ["kind", "row_id"])
    op.create_table(
        "seal_node",
        row_id(),
        *required(NUMBER, "level"),
        *required(ID, "place"),
        *required(BYTES, "digest"),
        sa.UniqueConstraint("level", "place"),
    )
    op.create_table(
        "seal_head",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        *required(BYTES, "root", "edge"),
        *required(MOMENT, "at"),
        *required(TEXT, "algorithm", "note"),
    )
    op.create_table(
        "seal_waiting", row_id(), *required(TEXT, "kind"), *required(ID, "row_id"),
        *required(MOMENT, "at"),
    )
    op.create_table(
        "seal_backlog", row_id(), *required(TEXT, "kind"), *required(ID, "next_id", "last_id"),
        sa.UniqueConstraint("kind"),
    )
    execute("core0035")


def downgrade() -> None:
    for table in SEALED:
        drop_trigger(f"{table}_waits", table)
    drop_trigger("answer_waits_again", "answer")
    if sqlite():
        for table in NO_REPLACING:
            drop_trigger(f"{table}_refuse_replace", table)
    for table in ("seal_backlog", "seal_waiting", *reversed(KEPT)):
        op.drop_table(table)
    if not sqlite():
        op.execute("DROP FUNCTION seal_waits()")
    for table in SEALED:
        for column in ("salts", "seal"):
            op.drop_column(table, column)
