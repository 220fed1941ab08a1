"""How a root field says which rows it shows, without reading them; see also `resolvers`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import wraps
from itertools import count
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select

from core.db.database import Base
from core.db.keyset import Order
from core.db.statements import Slot, part, slotted
from core.kernel.access import Actor, Grant
from schema.graphql.context import Context, Info
from schema.graphql.paging import Window, counting, load_page

F = TypeVar("F", bound=Callable[..., Any])
Doubt = Callable[[Context], Awaitable[None]]
WHOLE = Window()
NOW, TODAY, KEYS, PERSON = Slot(0), Slot(1), Slot(2), Slot(3)
"""The first atoms of every statement; the third are keys, where rows are read by many, the fourth
is who asks: to whom a case complains of its words stay closed."""


class Moment:
    """The first two atoms, told when a statement asks for them: a day costs more than most rows."""

    __slots__ = ("_asker",)

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def __getitem__(self, number: int) -> object:
        return self._asker.now if number == NOW.number else self._asker.today


class Asker(Protocol):
    """What a query may depend on beside what was asked."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def now(self) -> datetime:
        """The moment of the request."""

    @property
    def today(self) -> date:
        """The region's day."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""


@dataclass(frozen=True, slots=True)
class _Slots:
    actor: Actor
    now: Any
    today: Any
    dialect: str


def asker_shape(asker: Asker, atoms: list[object]) -> object:
    """The shape of an asker: permissions and limits of scopes; their values become atoms."""
    actor = asker.actor
    atoms += (asker.now, asker.today, None, actor.person_id)
    grants = tuple(
        [(g.permissions, part(g.scope, atoms), part(g.lender, atoms)) for g in actor.grants]
    )
    return actor.person_id is None, grants


SOMEBODY = "?"
"""Whoever has logged in: no statement names him, for it is kept for all of his rights."""


def slotted_asker(asker: Asker) -> tuple[Asker, count[int]]:
    """An asker of that shape with slots for its atoms, and the numbers of the slots after."""
    numbers = count(PERSON.number + 1)
    person: Any = None if asker.actor.person_id is None else PERSON
    grants = [
        Grant("", 0, g.permissions, slotted(g.scope, numbers), slotted(g.lender, numbers))
        for g in asker.actor.grants
    ]
    subject = "" if asker.actor.anonymous else SOMEBODY
    return _Slots(Actor(subject, person, tuple(grants)), NOW, TODAY, asker.dialect), numbers


@dataclass(frozen=True, slots=True)
class RowQuery:
    """The rows that a root field shows: `query(asker, *values)` selects them.

    With an `order` they are a page, without it at most one row. Values are plain data and may vary
    under one compiled statement; one that depends on more than their shape is not `steady`.
    `total` tells how many rows there are in all where that is known sooner than by counting them.
    `doubt` refuses what only the database can say that it is not there: no plan is made of it.
    """

    query: Callable[..., Select[Any]]
    values: tuple[object, ...] = ()
    order: Order | None = None
    window: Window = WHOLE
    steady: bool = True
    total: RowQuery | None = None
    doubt: Doubt | None = None

    @property
    def places(self) -> tuple[list[object] | None, ...]:
        """Where the page begins and ends, as the order's columns; nothing without an order."""
        return () if self.order is None else self.window.places(self.order)

    @property
    def whole(self) -> RowQuery:
        """The number of all rows, whatever page of them is shown."""
        return self.total or RowQuery(Counting(self.query), self.values, steady=self.steady)

    def narrowed(self, asked: tuple[Enum, ...]) -> RowQuery:
        """The same, with what is asked of each row as the last value."""
        return replace(self, values=(*self.values, asked))


@dataclass(frozen=True, slots=True)
class Counting:
    """Asks how many rows there are instead of for the rows."""

    query: Callable[..., Select[Any]]

    def __call__(self, asker: Asker, *values: object) -> Select[int]:
        """The question, of the same asker and values."""
        return counting(self.query(asker, *values))


Make = Callable[[RowQuery, Sequence[Any]], Any]


@dataclass(frozen=True, eq=False, slots=True)
class Lookup:
    """A root field's declaration: rows of which table, and the function that describes them.

    Where the rows are of no table, `make(sought, rows)` makes the value of the field of them;
    `needed` says what the fields of that value are made of, and what the fields asked for need is
    the last of the values sought.
    """

    model: type[Base] | None
    describe: Callable[..., RowQuery]
    make: Make | None = None
    needed: Mapping[str, tuple[Enum, ...]] = field(default_factory=dict)

    def asked(self, names: Iterable[str]) -> tuple[Enum, ...]:
        """What the fields of these names need, each once."""
        every = (part for name in names for part in self.needed.get(name, ()))
        return tuple(dict.fromkeys(every))


def lookup(
    model: type[Base] | None = None,
    make: Make | None = None,
    needed: Mapping[str, tuple[Enum, ...]] | None = None,
) -> Callable[[F], Any]:
    """Make a function that describes rows a resolver that reads them; see `Lookup`."""

    def declare(describe: F) -> Any:
        declared = Lookup(model, describe, make, needed or {})

        @wraps(describe)
        async def resolve(info: Info, **asked: Any) -> Any:
            row_query = describe(info, **asked)
            if make is not None:
                row_query = row_query.narrowed(declared.asked(declared.needed))
            return await _load(info.context, row_query, make)

        resolve.lookup = declared  # type: ignore[attr-defined]
        return resolve

    return declare


async def _load(context: Context, row_query: RowQuery, make: Callable[..., Any] | None) -> Any:
    if row_query.doubt is not None:
        await row_query.doubt(context)
    query = row_query.query(context, *row_query.values)
    if row_query.order is not None:
        whole = row_query.whole
        return await load_page(
            context,
            query,
            row_query.order,
            row_query.window,
            lambda: whole.query(context, *whole.values),
        )
    async with context.reading() as work:
        if make is not None:
            return make(row_query, (await work.session.execute(query)).all())
        return (await work.session.scalars(query)).first()
