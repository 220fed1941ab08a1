"""Pages by position, not by number: the page after a row stays right while rows are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Integer, Select, bindparam, tuple_
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that order rows the same way; the last one is unique and none of them is NULL."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    descending: bool = False

    @property
    def name(self) -> str:
        """What tells the order from any other."""
        table = self.columns[0].class_.__tablename__
        return f"{table}.{'.'.join(c.key for c in self.columns)}{'-' if self.descending else '+'}"


def positioned(
    query: Select[Any],
    order: Order,
    *,
    after: Sequence[object] | None = None,
    before: Sequence[object] | None = None,
    backwards: bool = False,
    limit: int,
) -> Select[Any]:
    """The first `limit` rows after one position and before the other; from the end `backwards`.

    A position holds a row's values of the order's columns. Read backwards, rows come last first.
    """
    place = tuple_(*order.columns)
    if after is not None:
        query = query.where(place < tuple(after) if order.descending else place > tuple(after))
    if before is not None:
        query = query.where(place > tuple(before) if order.descending else place < tuple(before))
    downwards = order.descending != backwards
    ordered = [column.desc() if downwards else column.asc() for column in order.columns]
    # Told in the text, as a planner keeps no plan for pages whose length it has to guess.
    number: BindParameter[int] = bindparam(None, limit, Integer, literal_execute=True)
    return query.order_by(*ordered).limit(number)
