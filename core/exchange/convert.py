"""From a row of another system to a new appeal, or to the cell that forbids it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.applicants.contact import Contact
from core.errors import Refusal, RefusalCode
from core.exchange.fields import MOMENTS, BadCell
from core.exchange.mapping import JOINED, FieldMap
from core.exchange.rows import Row
from core.intake.new import EARLIEST, LONGEST_ID, NewAppeal, readable

SUSPECTS: Mapping[RefusalCode, Sequence[str]] = {
    RefusalCode.TEXT_EMPTY: ("text",),
    RefusalCode.TEXT_TOO_LONG: ("text",),
    RefusalCode.TEXT_UNREADABLE: ("text",),
    RefusalCode.UNKNOWN_CHANNEL: ("channel",),
    RefusalCode.UNKNOWN_THEME: ("theme",),
    RefusalCode.UNKNOWN_MUNICIPALITY: ("municipality", "oktmo"),
    RefusalCode.UNKNOWN_BODY: ("complained_body",),
    RefusalCode.DATE_OUT_OF_RANGE: MOMENTS,
}
"""The fields that a refusal of intake can be about."""

PERSON = ("name", "contact", "postal_address")
REQUIRED_TEXTS = {"channel": "", "external_id": "", "text": ""}
"""What no appeal is without: intake refuses blank ones."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is not in: `column` as the file calls it, `reason` in Russian."""

    line: int
    column: str
    code: RefusalCode
    reason: str


def convert(row: Row, mapping: FieldMap) -> NewAppeal | Reject:
    """The row as a new appeal; a Reject at the first cell that is no value of its field."""
    given = row.cells.get
    whole = readable("".join(row.cells.values()))
    name = None if whole else next((n for n in mapping.names if not readable(given(n, ""))), None)
    if name is not None:
        reason = "недопустимые знаки: нулевой байт или знак вне кодировки файла"
        return Reject(row.line, name, RefusalCode.TEXT_UNREADABLE, reason)
    values: dict[str, Any] = {}
    for field, attribute, names, value_map, constant, value in mapping.sources:
        cell = given(names[0], "") if len(names) == 1 else _joined(row, names)
        if value_map:
            cell = value_map.key(cell)
        if (cell and not cell.isspace()) or (cell := constant):
            try:
                values[attribute] = value(cell)
            except BadCell as error:
                return Reject(row.line, column_of(mapping, (field,)), error.code, error.reason)
    return _assembled(values)


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


def _joined(row: Row, names: Sequence[str]) -> str:
    return JOINED.join(filter(str.strip, (row.cells.get(name, "") for name in names)))


def _assembled(values: dict[str, Any]) -> NewAppeal:
    """The appeal of what a file says: a person is put together, a code may name the place."""
    person = [values.pop(field, None) for field in PERSON]
    code = values.pop("oktmo", None)
    if any(person):
        values["contact"] = Contact(*person)
    return NewAppeal(**{**REQUIRED_TEXTS, "municipality": code, **values})


def _outside(new: NewAppeal, field: str, now: datetime) -> bool:
    moment: datetime | None = getattr(new, f"{field}_at")
    return moment is not None and not (
        moment >= EARLIEST and (field == "promised" or moment <= now)
    )
