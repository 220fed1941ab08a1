"""What disputes come to, counted as appeals are: their tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.cells import create_cell
from migrations.columns import FLAG, MOMENT, NUMBER, TEXT, Column, optional, required, row_id

TABLES = ("dispute_rollup", "dispute_rollup_change", "dispute_rollup_cell", "dispute_rollup_days")


LATER = (*TABLES, "dispute_rollup_waiting")
"""Since disputes have terms."""


def create(*, due: bool = False) -> None:
    """Create them; they refer to nothing. `due` where disputes have terms."""
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
        *_measures(due=due),
        *optional(MOMENT, *(["due_at"] if due else [])),
        *optional(NUMBER, "days"),
        *required(FLAG, "folding"),
    )
    overdue = required(NUMBER, "overdue") if due else []
    create_cell("dispute_rollup_cell", _dimensions(), [*_measures(due=due), *overdue])
    if due:
        _waiting()
    days = sa.Column("days", NUMBER, autoincrement=False)
    create_cell("dispute_rollup_days", [*_dimensions(), days], required(NUMBER, "judged"))


def _dimensions() -> list[Column]:
    return [
        *required(TEXT, "verdict", "block", "theme"),
        sa.Column("body_id", NUMBER, nullable=False, autoincrement=False),
        *required(TEXT, "municipality"),
    ]


def _waiting() -> None:
    op.create_table(
        "dispute_rollup_waiting",
        row_id(),
        *required(MOMENT, "opened_at", "due_at"),
        *_dimensions(),
        *required(NUMBER, "total"),
    )
    op.create_index("ix_dispute_rollup_waiting_due_at", "dispute_rollup_waiting", ["due_at"])


def _measures(*, due: bool = False) -> list[Column]:
    numbers = ("total", *(("late",) if due else ()), "judged", "upheld")
    return [*required(NUMBER, *numbers), *required(sa.BigInteger(), "seconds")]
