"""The cells of counted things: one row a cut, a period and what both have in common."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, TEXT, Column, optional


def create_cell(table: str, dimensions: Sequence[Column], sums: Sequence[Column]) -> None:
    """The table; its key is all but the sums."""
    keys = [*optional(TEXT, "cut", "level"), *optional(MOMENT, "start"), *dimensions]
    names = sa.PrimaryKeyConstraint(*(column.name for column in keys))
    op.create_table(table, *keys, *sums, names)
