"""Indicators with their signatures, targets and values; staffing proposals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, FLAG, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

TABLES = (
    "indicator", "indicator_signature", "indicator_target", "indicator_value",
    "indicator_value_stage", "staffing_proposal",
)  # fmt: skip


def create() -> None:
    """Create them; after those of the directory."""
    _indicators()
    _figures()
    _proposals()


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
        *references("indicator", "indicator_id"),
        *required(NUMBER, "seq"),
        *required(TEXT, "deed", "party"),
        *required(FLAG, "declined"),
        *required(TEXT, "actor"),
        *references("person", "person_id", nullable=True),
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
            *references("indicator", "indicator_id"),
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
        *references("indicator_value", "value_id"),
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
        *required(JSON, "figures"),
        *required(MOMENT, "made_at"),
    )
    op.create_index("ix_staffing_proposal_block", "staffing_proposal", ["block"])
