"""What a file can say of an appeal: our fields, and how a cell of text becomes a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.appeals.intake.new import NewAppeal
from core.appeals.rules.intake import ApplicantKind, Regime, Residence
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import RefusalCode

E = TypeVar("E", bound=StrEnum)
Convert = Callable[[str], object]
"""From a cell that is not blank to a value; BadCell where it is none."""
RUSSIAN_MOMENTS = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y")
OKTMO_OF_MUNICIPALITY = 8


class BadCell(ValueError):
    """A cell that is not a value of its field; `reason` is Russian."""

    def __init__(self, code: RefusalCode, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


def _oktmo(cell: str) -> str:
    """A settlement's code of eleven digits begins with its municipality's eight."""
    return cell.strip()[:OKTMO_OF_MUNICIPALITY]


def _number(cell: str) -> float:
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        raise BadCell(RefusalCode.INVALID, "не число") from None


def moment(cell: str, zone: ZoneInfo) -> datetime:
    """ISO 8601 or dd.mm.yyyy [hh:mm[:ss]], in the zone unless it names its own; aware UTC."""
    written = _parsed(cell.strip())
    try:
        return (written if written.tzinfo else written.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise BadCell(RefusalCode.DATE_OUT_OF_RANGE, "такой даты быть не может") from None


def _parsed(cell: str) -> datetime:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        pass
    for pattern in RUSSIAN_MOMENTS:
        try:
            return datetime.strptime(cell, pattern)  # noqa: DTZ007 - the caller knows the zone
        except ValueError:
            continue
    raise BadCell(RefusalCode.INVALID, "не дата: нужна ГГГГ-ММ-ДД чч:мм:сс или ДД.ММ.ГГГГ чч:мм")


def _one_of(kind: type[E]) -> Convert:
    values = {member.value: member for member in kind}

    def convert(cell: str) -> E:
        value = values.get(cell.strip().lower())
        if value is None:
            raise BadCell(RefusalCode.INVALID, f"допустимы только: {', '.join(kind)}")
        return value

    return convert


MOMENTS = ("received", "registered", "promised", "answered", "closed")
PLAIN: Mapping[str, Convert] = MappingProxyType(
    {
        "external_id": str.strip,
        "channel": str.strip,
        "text": str,
        "topic": str.strip,
        "theme": str.strip,
        "municipality": str.strip,
        "oktmo": _oktmo,
        "address": str.strip,
        "latitude": _number,
        "longitude": _number,
        "addressee": str.strip,
        "complained_body": str.strip,
        "outcome": _one_of(Outcome),
        "applicant_kind": _one_of(ApplicantKind),
        "residence": _one_of(Residence),
        "residence_municipality": str.strip,
        "regime": _one_of(Regime),
        "name": str.strip,
        "contact": str.strip,
        "postal_address": str.strip,
    }
)
"""Fields whose values mean the same everywhere."""

FIELDS = frozenset({*PLAIN, *MOMENTS})
"""Every field that a mapping may fill."""

REQUIRED = ("external_id", "channel", "text", "received")
BLANK: Mapping[str, object] = MappingProxyType(
    {**dict.fromkeys(NewAppeal._fields, ""), **NewAppeal._field_defaults}
)
"""What a new appeal holds of a field that is not given; intake refuses the texts it needs."""

IMPORT = "import"
"""As a constant for `received`: the moment of the import itself."""


def converters(zone: ZoneInfo) -> Mapping[str, Convert]:
    """What makes a value of a cell, for every field of a file with naive moments in this zone."""
    return {**PLAIN, **dict.fromkeys(MOMENTS, partial(moment, zone=zone))}
