"""What appeals come to, counted with both verdicts and what is not established: the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.columns import FLAG, MOMENT, NUMBER, TEXT, Column, optional, required, row_id

TABLES = ("rollup_change", "rollup_waiting", "rollup_cell", "rollup_days")
MEASURES = (
    "total", "late", "answered", "seconds", "solved", "reworked", "marks", "mark_sum",
    "statute_late", "mechanism_late", "not_established",
)  # fmt: skip


def create() -> None:
    """Create them; they refer to nothing."""
    op.create_table(
        "rollup_change",
        row_id(),
        *required(MOMENT, "received_at"),
        *optional(MOMENT, "late_at"),
        *required(FLAG, "folding"),
        *_dimensions(),
        *_measures(),
        *optional(NUMBER, "days"),
    )
    op.create_table(
        "rollup_waiting",
        row_id(),
        *required(MOMENT, "received_at", "late_at"),
        *required(NUMBER, "total"),
        *_dimensions(),
    )
    op.create_index("ix_rollup_waiting_late_at", "rollup_waiting", ["late_at"])
    _cells("rollup_cell", [], [*_measures(), *required(NUMBER, "overdue")])
    days = sa.Column("days", NUMBER, autoincrement=False)
    _cells("rollup_days", [days], required(NUMBER, "answered"))


def _cells(table: str, more: list[Column], sums: list[Column]) -> None:
    keys = [*optional(TEXT, "cut", "level"), *optional(MOMENT, "start"), *_dimensions(), *more]
    op.create_table(
        table, *keys, *sums, sa.PrimaryKeyConstraint(*(column.name for column in keys))
    )


def _dimensions() -> list[Column]:
    return [
        *required(TEXT, "state", "outcome", "block", "theme"),
        sa.Column("body_id", NUMBER, nullable=False, autoincrement=False),
        *required(TEXT, "municipality", "channel", "regime", "due_rule"),
        sa.Column("views", sa.SmallInteger(), nullable=False, autoincrement=False),
    ]


def _measures() -> list[Column]:
    wide = {"seconds": sa.BigInteger()}
    return [sa.Column(name, wide.get(name, NUMBER), nullable=False) for name in MEASURES]
