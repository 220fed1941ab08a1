"""How a field says what it reads, without reading it.

A declaration stands once, beside the field. The ordinary executor turns it into an ordinary
resolver; `schema.planner` compiles it into the statement of the whole answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from sqlalchemy import ColumnClause
from sqlalchemy.orm import InstrumentedAttribute

from schema.graphql.context import Info
from schema.graphql.loaders import Rows

F = TypeVar("F", bound=Callable[..., Any])
Column = InstrumentedAttribute[Any] | ColumnClause[Any]
By = InstrumentedAttribute[Any] | Callable[[Any], Any]


@dataclass(frozen=True, eq=False, slots=True)
class Reads:
    """What a field needs: columns of the row it stands on, and rows that belong to a value of it.

    `give(root, info)` or `give(root, info, found)` is pure and makes the value; without it the
    rows found are the value. `lasting(info, value)` is the same thing for a value of the first
    column, if that alone decides it for every row at any time; None if it does not.
    """

    columns: tuple[Column, ...] = ()
    rows: Rows | None = None
    by: By | None = None
    give: Callable[..., Any] | None = None
    lasting: Callable[..., Any] | None = None

    @property
    def column(self) -> str | None:
        """The name of the column that rows belong to, if it is one."""
        return self.by.key if isinstance(self.by, InstrumentedAttribute) else None

    def key(self, root: Any) -> Any:
        """The value that the rows belong to."""
        if isinstance(self.by, InstrumentedAttribute):
            return getattr(root, self.by.key)
        return self.by(root) if self.by else None


def related(rows: Rows, by: By) -> Any:
    """A resolver that shows the rows belonging to a column, or to a function of the object."""
    return _resolver(Reads((by,) if isinstance(by, InstrumentedAttribute) else (), rows, by))


def derived(
    *columns: Column,
    rows: Rows | None = None,
    by: By | None = None,
    lasting: Callable[..., Any] | None = None,
) -> Callable[[F], Any]:
    """Make a pure function of these columns, and of the rows that belong to `by`, a resolver."""

    def declare(give: F) -> Any:
        return _resolver(Reads(columns, rows, by, give, lasting))

    return declare


def reckoned(resolve: F) -> F:
    """Mark an async resolver of a root field that only reads and reckons, and asks no loader.

    Its value is an object with the attributes of its type; a plan waits for it and writes it down.
    """
    resolve.reckoned = True  # type: ignore[attr-defined]
    return resolve


def journalled(resolve: F) -> F:
    """Mark a resolver whose every reading is written down: nothing may ever run it twice."""
    resolve.journalled = True  # type: ignore[attr-defined]
    return resolve


def _resolver(reads: Reads) -> Any:
    give, rows = reads.give, reads.rows

    async def found(root: strawberry.Parent[Any], info: Info) -> Any:
        assert rows is not None
        loaded = await info.context.loaders.load(rows, reads.key(root))
        return loaded if give is None else give(root, info, loaded)

    def given(root: strawberry.Parent[Any], info: Info) -> Any:
        assert give is not None
        return give(root, info)

    resolver: Any = given if rows is None else found
    resolver.reads = reads
    return resolver
