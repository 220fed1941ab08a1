"""Positions, the way of an appointment, delegation, replacements, blocks to come.

Revision ID: core0003
Revises: core0002
"""

import sqlalchemy as sa
from alembic import op

revision = "core0003"
down_revision = "core0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT, DAY, FLAG, JSON = sa.String(), sa.Date(), sa.Boolean(), sa.JSON()
TABLES = (
    "duties_record", "involved", "block_record", "block_proposal", "replacement", "delegation",
    "appointment_record",
)  # fmt: skip


def upgrade() -> None:
    _positions()
    _appointments()
    _replacements()
    _blocks()
    _others()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("appointment") as table:
        table.drop_constraint("fk_appointment_position_id", type_="foreignkey")
        for column in ("powers", "direction", "position_id", "state"):
            table.drop_column(column)
    with op.batch_alter_table("person") as table:
        table.drop_constraint("fk_person_position_id", type_="foreignkey")
        table.drop_column("position_id")
    op.drop_table("position")


def row_id() -> sa.Column:
    return sa.Column("id", ID, primary_key=True)


def reference(name: str, table: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def required(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _positions() -> None:
    op.create_table(
        "position",
        row_id(),
        reference("body_id", "body", nullable=True),
        *required(TEXT, "name", "rank"),
        sa.UniqueConstraint("body_id", "name"),
    )
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("position_id", ID, nullable=True))
        table.create_foreign_key("fk_person_position_id", "position", ["position_id"], ["id"])


def _appointments() -> None:
    with op.batch_alter_table("appointment") as table:
        table.add_column(sa.Column("state", TEXT, nullable=False, server_default="in_force"))
        table.add_column(sa.Column("position_id", ID, nullable=True))
        table.add_column(sa.Column("direction", TEXT, nullable=True))
        table.add_column(sa.Column("powers", TEXT, nullable=True))
        table.create_foreign_key("fk_appointment_position_id", "position", ["position_id"], ["id"])
    op.create_table(
        "appointment_record",
        row_id(),
        reference("appointment_id", "appointment"),
        *required(TEXT, "step", "by"),
        reference("body_id", "body", nullable=True),
        *required(TEXT, "clause"),
        *optional(TEXT, "ground"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index(
        "ix_appointment_record_appointment_id", "appointment_record", ["appointment_id"]
    )
    op.create_table(
        "delegation",
        row_id(),
        reference("appointment_id", "appointment"),
        reference("person_id", "person"),
        *required(DAY, "since", "until"),
        *required(TEXT, "reason"),
    )
    op.create_index("ix_delegation_person_id", "delegation", ["person_id"])


def _replacements() -> None:
    op.create_table(
        "replacement",
        row_id(),
        reference("appointment_id", "appointment"),
        *required(TEXT, "block", "trigger", "clause"),
        *required(MOMENT, "received_at", "due_at"),
        *optional(MOMENT, "proposed_at"),
        reference("candidate_id", "appointment", nullable=True),
        *optional(DAY, "reminded_on"),
        *optional(MOMENT, "breached_at"),
        sa.UniqueConstraint("appointment_id", "block", "trigger"),
    )
    op.create_index("ix_replacement_due_at", "replacement", ["due_at"])


def _blocks() -> None:
    op.create_table(
        "block_proposal",
        row_id(),
        *required(TEXT, "key", "name", "form"),
        *required(JSON, "themes"),
        *required(FLAG, "significant", "widens"),
        *required(TEXT, "reason", "state"),
        *required(MOMENT, "proposed_at"),
        *optional(TEXT, "clause"),
        *optional(DAY, "since"),
    )
    op.create_index("ix_block_proposal_key", "block_proposal", ["key"])
    op.create_index("ix_block_proposal_state", "block_proposal", ["state"])
    op.create_table(
        "block_record",
        row_id(),
        reference("proposal_id", "block_proposal"),
        *required(TEXT, "step", "by", "clause"),
        *optional(TEXT, "ground"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("proposal_id", "step"),
    )


def _others() -> None:
    op.create_table(
        "involved",
        row_id(),
        reference("body_id", "body"),
        *required(TEXT, "representative", "purpose"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        *required(TEXT, "clause"),
        reference("by_person_id", "person", nullable=True),
    )
    op.create_table(
        "duties_record",
        row_id(),
        *required(TEXT, "ground", "agreed"),
        *required(DAY, "since"),
        *required(TEXT, "clause"),
    )
