"""Indicators with their signatures, targets and values; staffing proposals.

Revision ID: core0004
Revises: core0003
"""

import sqlalchemy as sa
from alembic import op

revision = "core0004"
down_revision = "core0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT, NUMBER, DAY, FLAG = sa.String(), sa.Integer(), sa.Date(), sa.Boolean()
TABLES = (
    "indicator", "indicator_signature", "indicator_target", "indicator_value",
    "indicator_value_stage", "staffing_proposal",
)  # fmt: skip


def upgrade() -> None:
    _indicators()
    _figures()
    _proposals()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def row_id() -> sa.Column:
    return sa.Column("id", ID, primary_key=True)


def required(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind) for name in names]


def reference(table: str, name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _indicators() -> None:
    """Wordings and their chains."""
    op.create_table(
        "indicator",
        row_id(),
        *required(TEXT, "key", "kind", "name", "unit", "direction", "periodicity", "owner_kind"),
        *optional(TEXT, "formula", "owner"),
        *required(TEXT, "state"),
        *required(DAY, "proposed_on", "since"),
        *optional(DAY, "until"),
        *required(NUMBER, "version"),
    )
    op.create_index("ix_indicator_key", "indicator", ["key", "since"])
    op.create_index("ix_indicator_kind", "indicator", ["kind"])
    op.create_table(
        "indicator_signature",
        row_id(),
        reference("indicator", "indicator_id"),
        *required(NUMBER, "seq"),
        *required(TEXT, "deed", "party"),
        *required(FLAG, "declined"),
        *required(TEXT, "actor"),
        reference("person", "person_id", nullable=True),
        *optional(TEXT, "document", "reason"),
        *optional(DAY, "document_date"),
        *required(TEXT, "clause"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("indicator_id", "seq"),
    )


def _figures() -> None:
    """Targets, values and the stages that values go through."""
    for table, optional_text, more in (
        ("indicator_target", (), ("author", "ground")),
        ("indicator_value", ("author",), ("ground", "rules")),
    ):
        op.create_table(
            table,
            row_id(),
            reference("indicator", "indicator_id"),
            *required(DAY, "period"),
            *required(NUMBER, "version"),
            *required(TEXT, "amount", *more),
            *optional(TEXT, *optional_text),
            *required(MOMENT, "at"),
            sa.UniqueConstraint("indicator_id", "period", "version"),
        )
    op.create_table(
        "indicator_value_stage",
        row_id(),
        reference("indicator_value", "value_id"),
        *required(TEXT, "stage", "actor", "clause"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("value_id", "stage"),
    )


def _proposals() -> None:
    op.create_table(
        "staffing_proposal",
        row_id(),
        *optional(TEXT, "block"),
        *required(TEXT, "addressee", "text", "author", "clause"),
        *required(NUMBER, "positions"),
        *required(DAY, "period_from", "period_to"),
        *required(sa.JSON(), "figures"),
        *required(MOMENT, "made_at"),
    )
    op.create_index("ix_staffing_proposal_block", "staffing_proposal", ["block"])
