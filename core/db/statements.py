"""A query compiled once to the driver's text; what varies goes into slots.

What a query is built from is parted into a shape, which decides the text, and atoms, which are
only bound: keys, moments, numbers. Two requests of one shape share one text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar

import orjson
from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Dialect,
    Select,
    any_,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import visitors

from core.db.cache import Memo

T = TypeVar("T")
ATOMS = frozenset({int, str, float, date, datetime})
KEPT_SHAPES = 64
"""How many texts a selection has at the most; when there are more, all are made anew."""

DIALECTS = 2
"""A statement that never varies is kept once for each kind of database."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The place of an atom."""

    number: int


class Atoms(Protocol):
    """Atoms by the numbers of their slots."""

    def __getitem__(self, number: int, /) -> object:
        """One of them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Text for the driver, and how to bind it: constants, or slots with what prepares them."""

    text: str
    binds: tuple[tuple[object, Callable[[Any], Any] | None], ...]

    def settled(self, atoms: Sequence[object], *varying: Slot) -> Statement:
        """The same with these atoms as constants, but for what varies from run to run."""
        binds = (
            (slot, prepare)
            if type(slot) is not Slot or slot in varying
            else (_given(slot, prepare, atoms), None)
            for slot, prepare in self.binds
        )
        return Statement(self.text, tuple(binds))

    def values(self, atoms: Atoms) -> list[object]:
        """The values to run the text with."""
        return [
            value if type(value) is not Slot else _given(value, prepare, atoms)
            for value, prepare in self.binds
        ]


def part(value: object, atoms: list[object]) -> object:
    """The shape of a value; its atoms are appended.

    Nothing, a truth or a code is shape itself; of lists and sets of atoms their length is.
    """
    kind = type(value)
    if kind in ATOMS:
        atoms.append(value)
        return kind
    if value is None or value is True or value is False or value == ():
        return value
    if isinstance(value, Enum):
        return value
    if isinstance(value, frozenset):
        value = tuple(sorted(value))
    if isinstance(value, (list, tuple)):
        return tuple([part(item, atoms) for item in value])
    if dataclasses.is_dataclass(kind):
        values = _values(kind)(value)
        return tuple([item if item is None else part(item, atoms) for item in values])
    atoms.append(value)
    return kind


def slotted(value: T, numbers: Iterator[int]) -> T:
    """The same value with slots for its atoms, numbered in the order of `part`."""
    return _slotted(value, numbers)  # type: ignore[return-value]


def compiled(query: Select[Any], dialect: Dialect) -> Statement:
    """Compile a query; whatever in it is bound and is no slot is a constant.

    Codes and numbers stand in the text, and an atom is sent once: fewer values to send, and a
    planner that sees what does not vary.
    """
    text = visitors.cloned_traverse(query, {}, {"bindparam": _shorten}).compile(dialect=dialect)
    state = text.construct_expanded_state()
    prepare = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in text.binds.items()
    } | dict(state.processors)
    names = state.positiontup or ()
    return Statement(
        state.statement, tuple(_bind(state.parameters[name], prepare.get(name)) for name in names)
    )


def reads(
    columns: Sequence[InstrumentedAttribute[Any]], dialect: Dialect
) -> Callable[[Sequence[Any]], Iterator[Any]]:
    """What makes a row of the driver the values of these columns, as ORM objects have them."""
    how = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return lambda row: (
        value if read is None else read(value) for read, value in zip(how, row, strict=True)
    )


def by_shape() -> Memo[Any]:
    """A memory of what was made for each shape."""
    return Memo(KEPT_SHAPES)


def among(key: InstrumentedAttribute[Any], keys: Slot, dialect: Dialect) -> ColumnElement[bool]:
    """The condition that a column has one of the values of a list, however long: see `key_list`."""
    if dialect.name == "sqlite":
        listed: Select[Any] = select(column("value")).select_from(func.json_each(literal(keys)))
        return key.in_(listed)
    condition: ColumnElement[bool] = key == any_(literal(keys, ARRAY(key.type)))
    return condition


def key_list(keys: Sequence[object], dialect: Dialect) -> object:
    """The atom that `among` takes for these keys."""
    return orjson.dumps(keys).decode() if dialect.name == "sqlite" else keys


def _shorten(bind: BindParameter[Any]) -> None:
    if type(bind.value) is Slot:
        bind.key, bind.unique = f"slot_{bind.value.number}_{type(bind.type).__name__}", False
        return
    values = bind.value if bind.expanding else [bind.value]
    if values and all(isinstance(v, StrEnum) or type(v) is int or v == "" for v in values):
        bind.literal_execute = True


def _given(slot: Slot, prepare: Callable[[Any], Any] | None, atoms: Atoms) -> object:
    atom = atoms[slot.number]
    return atom if prepare is None else prepare(atom)


def _bind(value: object, prepare: Callable[[Any], Any] | None) -> tuple[object, Any]:
    if isinstance(value, Slot) or prepare is None:
        return value, prepare
    return prepare(value), None


def _slotted(value: object, numbers: Iterator[int]) -> object:
    if value is None or isinstance(value, (bool, Enum)):
        return value
    if isinstance(value, (list, tuple, frozenset)):
        items = [_slotted(item, numbers) for item in value]
        return frozenset(items) if isinstance(value, frozenset) else tuple(items)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {name: _slotted(getattr(value, name), numbers) for name in _names(type(value))}
        return dataclasses.replace(value, **parts)
    return Slot(next(numbers))


@cache
def _values(kind: Any) -> Callable[[object], tuple[object, ...]]:
    return attrgetter(*_names(kind))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
