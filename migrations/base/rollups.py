"""What appeals come to, counted: changes that triggers write down, and the cells made of them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from migrations.cells import create_cell
from migrations.columns import FLAG, MOMENT, NUMBER, TEXT, Column, optional, required, row_id

TABLES = ("rollup_change", "rollup_waiting", "rollup_cell", "rollup_days", "rollup")
MEASURES = ("total", "late", "answered", "seconds", "solved", "reworked", "marks", "mark_sum")


def create() -> None:
    """Create them; they refer to nothing."""
    create_cells("due_at", MEASURES)
    op.create_table(
        "rollup",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        *required(MOMENT, "folded_at"),
        *required(TEXT, "edition"),
    )


def create_cells(late: str, measures: Sequence[str]) -> None:
    """All but the account of folds: what is counted, and the moment at which a row gets late."""
    op.create_table(
        "rollup_change",
        row_id(),
        *required(MOMENT, "received_at"),
        *optional(MOMENT, late),
        *required(FLAG, "folding"),
        *_dimensions(),
        *_measures(measures),
        *optional(NUMBER, "days"),
    )
    op.create_table(
        "rollup_waiting",
        row_id(),
        *required(MOMENT, "received_at", late),
        *required(NUMBER, "total"),
        *_dimensions(),
    )
    op.create_index(f"ix_rollup_waiting_{late}", "rollup_waiting", [late])
    sums = [*_measures(measures), *required(NUMBER, "overdue")]
    create_cell("rollup_cell", _dimensions(), sums)
    days = sa.Column("days", NUMBER, autoincrement=False)
    create_cell("rollup_days", [*_dimensions(), days], required(NUMBER, "answered"))


def _dimensions() -> list[Column]:
    return [
        *required(TEXT, "state", "outcome", "block", "theme"),
        sa.Column("body_id", NUMBER, nullable=False, autoincrement=False),
        *required(TEXT, "municipality", "channel", "regime", "due_rule"),
        sa.Column("views", sa.SmallInteger(), nullable=False, autoincrement=False),
    ]


def _measures(names: Sequence[str]) -> list[Column]:
    wide = {"seconds": sa.BigInteger()}
    return [sa.Column(name, wide.get(name, NUMBER), nullable=False) for name in names]
