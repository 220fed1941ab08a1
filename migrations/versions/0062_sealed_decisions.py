"""Decisions, documents, their signatures, ratings and what was handed out are sealed too.

What a rating was reckoned from is no longer changed by anybody.

Revision ID: core0062
Revises: core0050
"""

import sqlalchemy as sa
from alembic import op

from migrations.texts import drop_trigger, execute, sqlite

revision = "core0062"
down_revision = "core0050"
branch_labels = None
depends_on = None

BYTES = sa.LargeBinary()
ADDED = (
    "decision", "document_version", "document_receipt", "document_letter", "document_signature",
    "signature_part", "signature_stamp", "rating_version", "evidence_package",
)  # fmt: skip
CHANGED = ("rating", "rating_objection", "rating_release", "summary")
NO_CHANGE = ("rating_version", "rating_case")


def upgrade() -> None:
    for table in (*ADDED, *CHANGED):
        op.add_column(table, sa.Column("seal", BYTES))
        op.add_column(table, sa.Column("salts", BYTES))
    execute("core0062")


def downgrade() -> None:
    for table in (*ADDED, *CHANGED):
        drop_trigger(f"{table}_waits", table)
    for table in CHANGED:
        drop_trigger(f"{table}_waits_again", table)
    for table in NO_CHANGE:
        for verb in ("update", "delete") if sqlite() else ("change",):
            drop_trigger(f"{table}_refuse_{verb}", table)
    if sqlite():
        for table in ADDED[1:]:
            drop_trigger(f"{table}_refuse_replace", table)
    for table in (*ADDED, *CHANGED):
        for column in ("salts", "seal"):
            op.drop_column(table, column)
