"""Objections filed as appeals, terms of disputes, collective appeals and repeats of one author.

A dispute knows the case by which it was filed, its last moment and whether the applicant took the
appeal back. Old disputes are dated by the next sweep, from their ledgers: a revision has no
calendar. The fold that ends a migration counts disputes anew. Old appeals have one signatory.

Revision ID: core0023
Revises: core0022
"""

import sqlalchemy as sa
from alembic import op

from migrations import dispute_rollups
from migrations.columns import MOMENT, NUMBER
from migrations.texts import drop_trigger, execute, sqlite, statements

revision = "core0023"
down_revision = "core0022"
branch_labels = None
depends_on = None

VERBS = ("insert", "update", "delete")
REFERENCES = (("appeal", "disputes_id"), ("appeal", "repeats_id"), ("dispute", "by_appeal_id"))
MOMENTS = ("due_at", "withdrawn_at")


def upgrade() -> None:
    _drop_rollups(dispute_rollups.TABLES)
    kind = "INTEGER" if sqlite() else "BIGINT"
    for table, name in REFERENCES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind} REFERENCES appeal (id)")
    signatories = sa.Column("signatories", NUMBER, nullable=False, server_default="1")
    op.add_column("appeal", signatories)
    for name in MOMENTS:
        op.add_column("dispute", sa.Column(name, MOMENT, nullable=True))
    dispute_rollups.create(due=True)
    execute("core0023")


def downgrade() -> None:
    _drop_rollups(dispute_rollups.LATER)
    for name in MOMENTS:
        op.drop_column("dispute", name)
    op.drop_column("appeal", "signatories")
    for table, name in reversed(REFERENCES):
        op.drop_column(table, name)
    dispute_rollups.create()
    for statement in statements("core0015", op.get_context().dialect.name):
        if "dispute_rollup" in statement:
            op.execute(statement)


def _drop_rollups(tables: tuple[str, ...]) -> None:
    for verb in VERBS:
        drop_trigger(f"dispute_rollup_{verb}", "dispute", function=True)
    for table in tables:
        op.drop_table(table)
