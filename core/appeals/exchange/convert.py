"""From rows of another system to new appeals, or to the cells that forbid them.

Column by column: what many rows say alike is understood once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from core.appeals.applicants.contact import Contact
from core.appeals.exchange.dates import ENGLISH, STEMS, BadCell
from core.appeals.exchange.fields import BLANK, DROPPABLE
from core.appeals.exchange.mapping import JOINED, FieldMap, Source, column_of
from core.appeals.exchange.pins import PIN, settled
from core.appeals.exchange.rejects import Note, Reject
from core.appeals.intake.new import NewAppeal
from core.kernel.codes import RefusalCode
from core.kernel.tables.code_pages import SUSPECT, is_noise
from core.kernel.tables.rows import Row
from core.kernel.texts import readable

PERSON = ("name", "contact", "postal_address")
PLACE = ("municipality", "oktmo")
SPOILABLE = ("external_id", "contact")
DROPPED = "значение отброшено, обращение принято без него"
SPOILT = "похоже, табличный редактор изменил номер: проверьте его в исходной системе"

UNREADABLE = BadCell(
    RefusalCode.TEXT_UNREADABLE,
    "недопустимые знаки: нулевой байт или знак вне кодировки файла",
)
NOISE = BadCell(
    RefusalCode.TEXT_UNREADABLE,
    "русский текст прочли не в той кодировке и сохранили снова: выгрузите строку ещё раз",
)
UNSAID = (
    "не сказано, обращение это или сообщение, а через платформу обратной связи приходят и те, "
    "и другие"
)
NO_COLUMN = (
    "назовите в соответствии столбец, который говорит это о каждой строке (поле regime), "
    "или скажите это обо всём файле в разделе [defaults]"
)
_WHOLE = (".0", ",0")
_SPOILT = re.compile(
    r"\s*(\d([.,]\d+)?[EЕ]\+\d+|\d{5,}0{7,}|\d{15}0{2,}|\d+[.,]0)\s*", re.IGNORECASE
)
"""Latin or Cyrillic, 1,23457E+14; what stays of it once it was stored: 123457000000000; and 7.0."""

_DATED = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?|(?:\d\d?[.-])?[^\W\d_]{3}(?:[.-]\d\d)?)\s*"
)
"""What a spreadsheet makes of 3/2026 and 12-5: a date in a book, «мар.26», «12.май» in a text."""

_MONTHS = frozenset(name.casefold() for name in (*STEMS, *ENGLISH))


class Converted(NamedTuple):
    """Rows understood: each an appeal or a Reject, and what was noticed beside."""

    found: list[NewAppeal | Reject]
    notes: list[Note]


class Fault(NamedTuple):
    """Cells of a column that are no values: `wrong` says why; `field` that is filled by it."""

    field: str
    column: str
    cells: Sequence[str]
    wrong: Mapping[str, BadCell]


def convert(rows: Sequence[Row], mapping: FieldMap) -> Converted:
    """Each row as a new appeal; a Reject where a cell that matters is no value of its field."""
    if not rows:
        return Converted([], [])
    given = list(zip(*(row.cells for row in rows), strict=True))
    columns = {name: given[place] for name, place in mapping.places.items()}
    faults: list[Fault] = []
    values: dict[str, Sequence[Any]] = {}
    notes: list[Note] = []
    for source in mapping.sources:
        cells = _cells(source, columns, len(rows))
        known, wrong = _values(source, cells)
        values[source.attribute] = [known[cell] for cell in cells]
        column = column_of(mapping, (source.field,)) if wrong else ""
        if wrong:
            faults.append(Fault(source.field, column, cells, wrong))
        if source.field in SPOILABLE:
            notes += _spoilt(rows, mapping, source, cells)
    bad: dict[int, list[Note]] = {}
    for fault in faults:
        notes += _told(rows, fault, bad)
    settle_days(values, mapping)
    pins = {column_of(mapping, (name,)) for name in PIN}
    unpinned = {note.line for note in notes if note.column in pins}
    notes += [note for note in _settle_pins(rows, values, mapping) if note.line not in unpinned]
    _ask_regime(rows, values, mapping, bad)
    assembled = enumerate(_assembled(values))
    found = [
        Reject(rows[place].line, tuple(bad[place]), rows[place].cells, new) if place in bad else new
        for place, new in assembled
    ]
    return Converted(found, notes)


def _cells(source: Source, columns: Mapping[str, Sequence[str]], number: int) -> Sequence[str]:
    if len(source.names) == 1:
        return columns[source.names[0]]
    parts = zip(*(columns[name] for name in source.names), strict=True)
    return [JOINED.join(filter(str.strip, cells)) for cells in parts] or [""] * number


def _values(source: Source, cells: Sequence[str]) -> tuple[dict[str, object], dict[str, BadCell]]:
    """What the cells say, and what is wrong with those that say nothing: alike cells, once."""
    known: dict[str, object] = {}
    wrong: dict[str, BadCell] = {}
    together = "".join(cells)
    sound = readable(together)
    clear = together.isascii() or SUSPECT.search(together) is None
    for cell in {*cells}:
        try:
            if not sound and not readable(cell):
                raise UNREADABLE
            if not clear and SUSPECT.search(cell) and is_noise(cell):
                raise NOISE
            known[cell] = source.value(cell)
        except BadCell as error:
            known[cell], wrong[cell] = source.blank, error
    return known, wrong


def _told(rows: Sequence[Row], fault: Fault, bad: dict[int, list[Note]]) -> Iterator[Note]:
    """What is dropped is noted; what is not forbids its row."""
    droppable = fault.field in DROPPABLE
    for place, (row, cell) in enumerate(zip(rows, fault.cells, strict=True)):
        error = fault.wrong.get(cell)
        if error is None:
            continue
        note = Note(row.line, fault.column, error.code, error.reason)
        if droppable:
            yield note._replace(reason=f"{error.reason}; {DROPPED}")
        else:
            bad.setdefault(place, []).append(note)


def _spoilt(
    rows: Sequence[Row], mapping: FieldMap, source: Source, cells: Sequence[str]
) -> Iterator[Note]:
    spoilt = {cell for cell in {*cells} if _is_rounded(cell) or _is_dated(cell)}
    for row, cell in zip(rows, cells if spoilt else (), strict=False):
        if cell in spoilt:
            column = column_of(mapping, (source.field,))
            yield Note(row.line, column, RefusalCode.INVALID, f"«{cell.strip()}»: {SPOILT}")


def _is_rounded(cell: str) -> bool:
    able = "+" in cell or "00" in cell or cell.endswith(_WHOLE)
    return able and _SPOILT.fullmatch(cell) is not None


def _is_dated(cell: str) -> bool:
    if len(cell) > len("2026-03-01 00:00:00") or not _DATED.fullmatch(cell):
        return False
    return cell.count("-") > 1 or any(
        part.casefold() in _MONTHS for part in re.split("[.-]", cell.strip())
    )


def settle_days(values: dict[str, Sequence[Any]], mapping: FieldMap) -> None:
    """A day without an hour stands in no contradiction to a moment of the same day.

    What was registered on the day of its receipt was so at once, what was closed on the day of
    its answer was answered by then.
    """
    for name, other, later in (
        ("registered_at", "received_at", True),
        ("answered_at", "closed_at", False),
    ):
        if name not in values or other not in values:
            continue
        zone = mapping.dates.zone
        edge = (0, 0, 0) if later else (23, 59, 59)
        settled = list(values[name])
        for place, (one, moment) in enumerate(zip(settled, values[other], strict=True)):
            if one is None or moment is None or not (one < moment if later else one > moment):
                continue
            local, beside = one.astimezone(zone), moment.astimezone(zone)
            if (local.hour, local.minute, local.second) == edge and local.date() == beside.date():
                settled[place] = moment
        values[name] = settled


def _settle_pins(
    rows: Sequence[Row], values: dict[str, Sequence[Any]], mapping: FieldMap
) -> Iterator[Note]:
    """A pin that cannot be right is dropped, and its row is taken in without it."""
    if not values.keys() & {*PIN}:
        return
    nothing: Sequence[Any] = [None] * len(rows)
    latitudes, longitudes = (values.get(name, nothing) for name in PIN)
    pins = settled(latitudes, longitudes, mapping.around)
    values["latitude"], values["longitude"] = pins.latitudes, pins.longitudes
    column = column_of(mapping, PIN)
    for place, reason in pins.dropped:
        yield Note(rows[place].line, column, RefusalCode.INVALID, f"{reason}; {DROPPED}")


def _ask_regime(
    rows: Sequence[Row],
    values: Mapping[str, Sequence[Any]],
    mapping: FieldMap,
    bad: dict[int, list[Note]],
) -> None:
    """What came through the platform says itself what it is: an appeal or a message."""
    channels = values.get("channel", ())
    if mapping.asking.isdisjoint(channels):
        return
    regimes = values.get("regime", [None] * len(rows))
    named = column_of(mapping, ("regime",))
    column = named or column_of(mapping, ("channel",))
    reason = f"{UNSAID}: {'ячейка пуста' if named else NO_COLUMN}"
    for place, (channel, regime) in enumerate(zip(channels, regimes, strict=True)):
        if channel in mapping.asking and regime is None:
            said = bad.setdefault(place, [])
            if not any(note.column == column for note in said):
                said.append(Note(rows[place].line, column, RefusalCode.INVALID, reason))


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
