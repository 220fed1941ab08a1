"""One table of decisions, an end for every block, counted disputes.

Steps of appointments and blocks, signatures of indicators and stages of values move into one table.
A decided block holds until the next one of its key; where it stood by its order, it says so. Old
disputes are given the block, theme and municipality that their appeals have today; the fold that
ends a migration counts them.

Revision ID: core0015
Revises: core0014
"""

import sqlalchemy as sa
from alembic import op

from migrations import dispute_rollups
from migrations.columns import DAY, FLAG, ID, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id
from migrations.into_chains import move_decisions, put_decisions_back
from migrations.texts import execute

revision = "core0015"
down_revision = "core0014"
branch_labels = None
depends_on = None

PLACES = ("block", "theme", "municipality")
FUNCTIONS = ("dispute_rollup_insert", "dispute_rollup_update", "dispute_rollup_delete")
UNTIL_THE_NEXT = sa.text(
    "UPDATE block_proposal SET until = (SELECT min(later.since) FROM block_proposal AS later"
    " WHERE later.key = block_proposal.key AND later.state = 'in_force'"
    " AND (later.since > block_proposal.since"
    " OR later.since = block_proposal.since AND later.id > block_proposal.id))"
    " WHERE state = 'in_force'"
)


def upgrade() -> None:
    _create_chains()
    move_decisions()
    op.add_column("block_proposal", sa.Column("until", DAY, nullable=True))
    op.execute(UNTIL_THE_NEXT)
    for name in PLACES:
        op.add_column("dispute", sa.Column(name, TEXT, nullable=True))
        found = f"(SELECT {name} FROM appeal WHERE appeal.id = dispute.appeal_id)"
        op.execute(f"UPDATE dispute SET {name} = {found}")
    dispute_rollups.create()
    execute("core0015")


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    for name in FUNCTIONS:
        op.execute(f"DROP TRIGGER {name}{'' if sqlite else ' ON dispute'}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for table in dispute_rollups.TABLES:
        op.drop_table(table)
    for name in PLACES:
        op.drop_column("dispute", name)
    op.drop_column("block_proposal", "until")
    put_decisions_back()
    for table in ("decision", "chain"):
        op.drop_table(table)


def _create_chains() -> None:
    op.create_table(
        "chain",
        row_id(),
        *required(TEXT, "subject"),
        *required(ID, "subject_id"),
        *optional(TEXT, "version"),
        *optional(DAY, "law_on"),
        *optional(JSON, "steps"),
        *optional(TEXT, "edition"),
        *required(TEXT, "state"),
        *required(MOMENT, "begun_at"),
        sa.UniqueConstraint("subject", "subject_id"),
    )
    op.create_table(
        "decision",
        row_id(),
        *references("chain", "chain_id"),
        *required(TEXT, "subject"),
        *required(ID, "subject_id"),
        *required(TEXT, "step", "deed"),
        *required(NUMBER, "seat"),
        *required(TEXT, "party"),
        *references("body", "body_id", nullable=True),
        *optional(TEXT, "role"),
        *references("person", "person_id", "on_behalf_id", nullable=True),
        *required(FLAG, "in_person"),
        *optional(TEXT, "ground_kind", "ground_number"),
        *optional(DAY, "ground_date"),
        *optional(TEXT, "ground_text"),
        *required(FLAG, "agreed"),
        *optional(TEXT, "reason"),
        *required(TEXT, "clause", "actor"),
        *required(MOMENT, "at"),
        *optional(TEXT, "version"),
        sa.UniqueConstraint("chain_id", "step", "seat"),
    )
    op.create_index("ix_decision_subject", "decision", ["subject", "subject_id"])
