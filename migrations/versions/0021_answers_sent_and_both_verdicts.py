"""Answers are drafted, signed, sent and delivered; rows say by whose term an answer is late.

What was answered before was sent without a signature or a proof that anybody kept. The columns of
the terms are made of what stood in the row, so that no list is wrong meanwhile; `tsur migrate` then
judges every case by the law (`core.appeals.refresh`). Figures are counted anew.

Revision ID: core0021
Revises: core0020
"""

import sqlalchemy as sa
from alembic import op

from migrations.base import indexes, rollups
from migrations.columns import DAY, FLAG, ID, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id
from migrations.texts import drop_trigger, execute, sqlite, statements

revision = "core0021"
down_revision = "core0020"
branch_labels = None
depends_on = None

OPEN = "state IN ('assigned', 'disputed', 'in_work', 'queued', 'received')"
TRIGGERS = ("appeal_rollup_insert", "appeal_rollup_update", "appeal_rollup_delete")
MOMENTS = ("late_at", "statute_due_at", "statute_late_at", "mechanism_due_at", "mechanism_late_at")
FLAGS = ("statute_late", "mechanism_late", "not_established", "undelivered")
LATE = (
    ("ix_appeal_late", ("due_at", "id")),
    ("ix_appeal_late_block", ("block", "due_at", "id")),
    ("ix_appeal_late_municipality", ("municipality", "due_at", "id")),
    ("ix_appeal_late_body", ("body_id", "due_at", "id")),
)
TOLD_APART = (
    ("ix_appeal_statute", "statute_late_at IS NOT NULL"),
    ("ix_appeal_mechanism", "mechanism_late_at IS NOT NULL"),
)
LIVE = ("ix_appeal_live", ("due_at", "id"), "state <> 'closed'")
LATE_BY_RECEIPT = ("ix_appeal_late_received_at", ("received_at", "id", "due_at"))
COUNTED = tuple(table for table in rollups.TABLES if table != "rollup")
VERDICTS = ("statute_late", "mechanism_late", "not_established")
SIGNED = ("signer", "signed_as", "signature")


def upgrade() -> None:
    _drop_triggers()
    for table in COUNTED:
        op.drop_table(table)
    rollups.create_cells("late_at", (*rollups.MEASURES, *VERDICTS))
    op.execute("UPDATE rollup SET edition = ''")
    _widen_appeals()
    _index_late("late_at IS NOT NULL")
    received = ("received_at", "id")
    for name, condition in TOLD_APART:
        _index(name, received, condition)
    undelivered = "undelivered = 1" if sqlite() else "undelivered = true"
    _index("ix_appeal_undelivered", received, undelivered)
    _index(*LIVE)
    _widen_answers()
    _create_delivery()
    execute("core0021")


def downgrade() -> None:
    _drop_triggers()
    for table in (*COUNTED, "rollup", "dispatch", "signing_power", "terms_refresh"):
        op.drop_table(table)
    rollups.create()
    for name in (*(name for name, _ in TOLD_APART), "ix_appeal_undelivered"):
        op.drop_index(name, "appeal")
    _index_late(indexes.MAY_BE_LATE)
    _index(*LIVE)
    for name in (*MOMENTS, *FLAGS):
        op.drop_column("appeal", name)
    op.drop_column("escalation", "day_off")
    op.execute("DELETE FROM answer WHERE sent_at IS NULL")
    with op.batch_alter_table("answer") as table:
        table.alter_column("sent_at", existing_type=MOMENT, nullable=False)
        table.alter_column("late", existing_type=FLAG, nullable=False)
    for name in ("written_at", "signed_at", *SIGNED, "signed_digest"):
        op.drop_column("answer", name)
    for statement in statements("core0014", op.get_context().dialect.name):
        if "appeal_rollup" in statement:
            op.execute(statement)


def _drop_triggers() -> None:
    for name in TRIGGERS:
        drop_trigger(name, "appeal")


def _widen_appeals() -> None:
    for name in MOMENTS:
        op.add_column("appeal", sa.Column(name, MOMENT, nullable=True))
    for name in FLAGS:
        op.add_column("appeal", sa.Column(name, FLAG, nullable=False, server_default=sa.false()))
    off = sa.Column("day_off", FLAG, nullable=False, server_default=sa.false())
    op.add_column("escalation", off)
    op.execute(
        "UPDATE appeal SET late_at = due_at"
        f" WHERE answered_at > due_at OR answered_at IS NULL AND {OPEN}"
    )


def _index_late(condition: str) -> None:
    for name, columns in LATE:
        op.drop_index(name, "appeal")
        _index(name, columns, condition)
    op.drop_index(LIVE[0], "appeal")
    if not sqlite():  # SQLite would take it where it is slower
        op.drop_index(LATE_BY_RECEIPT[0], "appeal")
        _index(*LATE_BY_RECEIPT, condition)


def _index(name: str, columns: tuple[str, ...], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "appeal", [*columns], sqlite_where=where, postgresql_where=where)


def _widen_answers() -> None:
    for column in (
        *optional(MOMENT, "written_at", "signed_at"),
        *optional(TEXT, *SIGNED),
        sa.Column("signed_digest", sa.String(64)),
    ):
        op.add_column("answer", column)
    op.execute("UPDATE answer SET written_at = sent_at")
    with op.batch_alter_table("answer") as table:
        table.alter_column("written_at", existing_type=MOMENT, nullable=False)
        table.alter_column("sent_at", existing_type=MOMENT, nullable=True)
        table.alter_column("late", existing_type=FLAG, nullable=True)


def _create_delivery() -> None:
    op.create_table(
        "signing_power",
        row_id(),
        *references("body", "body_id"),
        *references("person", "person_id"),
        *required(TEXT, "ground", "granted_by"),
        *required(MOMENT, "granted_at"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
    )
    op.create_index("ix_signing_power_body_id", "signing_power", ["body_id"])
    op.create_table(
        "dispatch",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("answer", "answer_id"),
        *references("notice", "notice_id", nullable=True),
        *required(TEXT, "way", "sender"),
        *optional(sa.LargeBinary(), "sealed_address"),
        *optional(TEXT, "address_ground", "number", "return_reason"),
        *optional(MOMENT, "handed_at", "delivered_at", "returned_at", "annulled_at"),
    )
    op.create_index("ix_dispatch_appeal_id", "dispatch", ["appeal_id"])
    op.create_index("ix_dispatch_notice_id", "dispatch", ["notice_id"])
    op.create_table(
        "terms_refresh",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        *required(NUMBER, "version"),
        *required(ID, "last_id"),
        *optional(MOMENT, "finished_at"),
    )
