"""From rows of another system to new appeals, or to the cells that forbid them.

Column by column: what many rows say alike is understood once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any, NamedTuple

from core.appeals.applicants.contact import Contact
from core.appeals.exchange.fields import BLANK, MOMENTS, BadCell
from core.appeals.exchange.mapping import JOINED, FieldMap, Source
from core.appeals.exchange.rows import Row
from core.appeals.intake.new import EARLIEST, NewAppeal
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_ID, readable

PERSON = ("name", "contact", "postal_address")
PLACE = ("municipality", "oktmo")
SUSPECTS: Mapping[RefusalCode, Sequence[str]] = {
    RefusalCode.TEXT_EMPTY: ("text",),
    RefusalCode.TEXT_TOO_LONG: ("text",),
    RefusalCode.TEXT_UNREADABLE: ("text",),
    RefusalCode.UNKNOWN_CHANNEL: ("channel",),
    RefusalCode.UNKNOWN_THEME: ("theme",),
    RefusalCode.UNKNOWN_MUNICIPALITY: PLACE,
    RefusalCode.UNKNOWN_BODY: ("complained_body",),
    RefusalCode.DATE_OUT_OF_RANGE: MOMENTS,
}
"""The fields that a refusal of intake can be about."""

UNREADABLE = BadCell(
    RefusalCode.TEXT_UNREADABLE,
    "недопустимые знаки: нулевой байт или знак вне кодировки файла",
)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is not in: `column` as the file calls it, `reason` in Russian."""

    line: int
    column: str
    code: RefusalCode
    reason: str


class Fault(NamedTuple):
    """Cells of a column that forbid their rows: `wrong` says for what reason."""

    column: str
    cells: Sequence[str]
    wrong: Mapping[str, BadCell]


def convert(rows: Sequence[Row], mapping: FieldMap) -> list[NewAppeal | Reject]:
    """Each row as a new appeal; a Reject at the first cell that is no value of its field."""
    if not rows:
        return []
    given = list(zip(*(row.cells for row in rows), strict=True))
    columns = {name: given[place] for name, place in mapping.places.items()}
    faults = _unreadable(columns)
    values: dict[str, Sequence[Any]] = {}
    for source in mapping.sources:
        cells = _cells(source, columns, len(rows))
        known, wrong = _values(source, cells)
        values[source.attribute] = [known[cell] for cell in cells]
        if wrong:
            faults.append(Fault(column_of(mapping, (source.field,)), cells, wrong))
    bad = _rejects(rows, faults)
    return [bad.get(index, new) for index, new in enumerate(_assembled(values))]


def rejected(
    line: int, new: NewAppeal, refusal: Refusal, mapping: FieldMap, now: datetime
) -> Reject:
    """The refusal of intake, told by the column of the file that caused it."""
    suspects = SUSPECTS.get(refusal.code, ())
    if refusal.code is RefusalCode.DATE_OUT_OF_RANGE:
        suspects = [field for field in MOMENTS if _outside(new, field, now)] or suspects
    elif refusal.code is RefusalCode.INVALID:
        placed = new.latitude is not None or new.longitude is not None
        named = 0 < len(new.external_id) <= LONGEST_ID
        suspects = ("latitude", "longitude") if placed and named else ("external_id",)
    return Reject(line, column_of(mapping, suspects), refusal.code, refusal.text)


def column_of(mapping: FieldMap, fields: Sequence[str]) -> str:
    """What the file calls these fields; a field that is a constant or a translation, its own."""
    translated = {value_map.into: value_map.field for value_map in mapping.values}
    given = {*mapping.columns, *mapping.constants, *translated}
    names = (
        mapping.columns.get(translated.get(field, field), (field,))
        for field in fields
        if field in given
    )
    return ", ".join(dict.fromkeys(name for group in names for name in group))


def _unreadable(columns: Mapping[str, Sequence[str]]) -> list[Fault]:
    return [
        Fault(name, cells, {cell: UNREADABLE for cell in cells if not readable(cell)})
        for name, cells in columns.items()
        if not readable("".join(cells))
    ]


def _cells(source: Source, columns: Mapping[str, Sequence[str]], number: int) -> Sequence[str]:
    if len(source.names) == 1:
        return columns[source.names[0]]
    parts = zip(*(columns[name] for name in source.names), strict=True)
    return [JOINED.join(filter(str.strip, cells)) for cells in parts] or [""] * number


def _values(source: Source, cells: Sequence[str]) -> tuple[dict[str, object], dict[str, BadCell]]:
    """What the cells say, and what is wrong with those that say nothing: alike cells, once."""
    known: dict[str, object] = {}
    wrong: dict[str, BadCell] = {}
    for cell in {*cells}:
        try:
            known[cell] = source.value(cell)
        except BadCell as error:
            known[cell], wrong[cell] = source.blank, error
    return known, wrong


def _rejects(rows: Sequence[Row], faults: Sequence[Fault]) -> dict[int, Reject]:
    """By their places the rows that are not in, each for its first fault."""
    rejects: dict[int, Reject] = {}
    for column, cells, wrong in faults:
        for place, (row, cell) in enumerate(zip(rows, cells, strict=True)):
            if cell in wrong and place not in rejects:
                error = wrong[cell]
                rejects[place] = Reject(row.line, column, error.code, error.reason)
    return rejects


def _assembled(values: Mapping[str, Iterable[Any]]) -> Iterator[NewAppeal]:
    """The appeals of what a file says: a person is put together, a code may name the place."""
    nothing = repeat(None)
    people = zip(*(values.get(field, nothing) for field in PERSON), strict=False)
    named = zip(*(values.get(field, nothing) for field in PLACE), strict=False)
    given = {
        **values,
        "contact": (Contact(*person) if any(person) else None for person in people),
        "municipality": (key or code for key, code in named),
        "history": repeat(True),
    }
    columns = (given.get(field, repeat(BLANK[field])) for field in NewAppeal._fields)
    return map(NewAppeal._make, zip(*columns, strict=False))


def _outside(new: NewAppeal, field: str, now: datetime) -> bool:
    moment: datetime | None = getattr(new, f"{field}_at")
    return moment is not None and not (
        moment >= EARLIEST and (field == "promised" or moment <= now)
    )
