"""What disputes come to, counted as appeals are: their tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.columns import FLAG, MOMENT, NUMBER, TEXT, Column, optional, required, row_id

TABLES = ("dispute_rollup", "dispute_rollup_change", "dispute_rollup_cell", "dispute_rollup_days")


def create() -> None:
    """Create them; they refer to nothing."""
    op.create_table(
        "dispute_rollup",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        *required(MOMENT, "folded_at"),
        *required(TEXT, "edition"),
    )
    op.create_table(
        "dispute_rollup_change",
        row_id(),
        *required(MOMENT, "opened_at"),
        *_dimensions(),
        *_measures(),
        *optional(NUMBER, "days"),
        *required(FLAG, "folding"),
    )
    _cells("dispute_rollup_cell", [], _measures())
    days = sa.Column("days", NUMBER, autoincrement=False)
    _cells("dispute_rollup_days", [days], required(NUMBER, "judged"))


def _cells(table: str, more: list[Column], sums: list[Column]) -> None:
    keys = [*optional(TEXT, "cut", "level"), *optional(MOMENT, "start"), *_dimensions(), *more]
    op.create_table(
        table, *keys, *sums, sa.PrimaryKeyConstraint(*(column.name for column in keys))
    )


def _dimensions() -> list[Column]:
    return [
        *required(TEXT, "verdict", "block", "theme"),
        sa.Column("body_id", NUMBER, nullable=False, autoincrement=False),
        *required(TEXT, "municipality"),
    ]


def _measures() -> list[Column]:
    return [*required(NUMBER, "total", "judged", "upheld"), *required(sa.BigInteger(), "seconds")]
