"""Columns as revisions write them: types by short names, several of one type at once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

Column = sa.Column[Any]
Kind = sa.types.TypeEngine[Any]

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT, NUMBER, DAY, FLAG, JSON = sa.String(), sa.Integer(), sa.Date(), sa.Boolean(), sa.JSON()


def row_id() -> Column:
    """The key that every row has."""
    return sa.Column("id", ID, primary_key=True)


def required(kind: Kind, *names: str) -> list[Column]:
    """Columns that are never empty."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind: Kind, *names: str) -> list[Column]:
    """Columns that may be empty."""
    return [sa.Column(name, kind) for name in names]


def references(table: str, *names: str, nullable: bool = False) -> list[Column]:
    """Columns that hold the keys of rows of another table."""
    return [sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable) for name in names]
