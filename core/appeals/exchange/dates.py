"""What a source means by a date: its formats, its time zone, and days that have no hour."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.kernel.codes import RefusalCode
from core.kernel.tables.heading import seen

RUSSIAN = (
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%Y, %H:%M:%S",
    "%d.%m.%Y, %H:%M",
)
LAST = time(23, 59, 59)
"""The last moment of a day, to the second, as moments are kept."""

_DIRECTIVES = re.compile("%(.)")
_HOURS = frozenset("HIcXTr")
_DAYS = ({"d", "j", "x", "c", "D"}, {"m", "b", "B", "j", "x", "c", "D"}, {"Y", "y", "x", "c", "D"})
"""One of each group makes a day: of the month, the month, the year."""

_MIDNIGHT_AFTER = re.compile(r"(.*[T ])24:00(:00)?(?!\d|:)(.*)")
_OFFSET_APART = re.compile(r"(\d{4}-.*:\d\d(?:\.\d+)?) (UTC|GMT|Z|[+-]\d\d:?\d\d)")
STEMS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = re.compile(
    r"\b(янв(?:ар[ья])?|февр?(?:ал[ья])?|мар(?:та?)?|апр(?:ел[ья])?|ма[йя]|июн[ья]?|июл[ья]?"
    r"|авг(?:уста?)?|сент?(?:ябр[ья])?|окт(?:ябр[ья])?|нояб?(?:р[ья])?|дек(?:абр[ья])?)\b\.?",
    re.IGNORECASE,
)
"""A month as Russian has it, in any case or shortened; `strptime` knows the English names."""

_OWN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_SERIAL = re.compile(r"(?:3[7-9]|[4-6]\d)\d{3}(?:[.,]\d+)?")
"""Days since `EPOCH` between 2001 and 2091: no other number is taken for a date."""

EPOCH, DAY_SECONDS = datetime(1899, 12, 30), 86_400  # noqa: DTZ001 - the caller knows the zone
LONGEST_DAY = len("2026-01-31")
"""A day in any form of ISO 8601; whatever names an hour is longer."""
SAMPLE = datetime(2019, 11, 30, 21, 45, 59)  # noqa: DTZ001 - tries formats alone


class BadCell(ValueError):
    """A cell that is not a value of its field; `reason` is Russian."""

    def __init__(self, code: RefusalCode, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


UNCOUNTED = BadCell(
    RefusalCode.INVALID,
    "число вместо даты, а книга считает дни с 1904 года: задайте ячейкам в ней формат даты",
)


@dataclass(frozen=True)
class Dates:
    """How a file writes moments: naive ones are of the zone.

    `patterns` as of `strptime`; none are ISO 8601 and dd.mm.yyyy [hh:mm[:ss]]. In a `book` a cell
    may be a date of its own, or the number that a spreadsheet keeps for it, whatever the patterns;
    an `uncounted` book keeps other numbers than the usual ones, and they are read as no date.
    """

    zone: ZoneInfo
    patterns: tuple[str, ...] = ()
    book: bool = False
    uncounted: bool = False

    def beginning(self, cell: str) -> datetime:
        """When what begins began, aware UTC: of a day without an hour the first moment."""
        return self._aware(self.read(cell)[0])

    def end(self, cell: str) -> datetime:
        """When what ends ended, aware UTC: of a day without an hour the last second."""
        written, whole_day = self.read(cell)
        return self._aware(datetime.combine(written, LAST) if whole_day else written)

    def is_day(self, cell: str) -> bool:
        """Whether the cell names a day and no hour."""
        try:
            return self.read(cell)[1]
        except BadCell:
            return False

    def read(self, cell: str) -> tuple[datetime, bool]:
        """What is written, and whether it is a day alone; BadCell where it is no date."""
        said = seen(cell)
        if self.uncounted and _SERIAL.fullmatch(said):
            raise UNCOUNTED
        if self.book and (kept := _kept(said)) is not None:
            return kept
        return _by_patterns(said, self.patterns) if self.patterns else _usual(said)

    def _aware(self, written: datetime) -> datetime:
        try:
            aware = written if written.tzinfo else written.replace(tzinfo=self.zone)
            return aware.astimezone(UTC)
        except OverflowError:
            raise BadCell(RefusalCode.DATE_OUT_OF_RANGE, "такой даты быть не может") from None


def complaint_of(pattern: str) -> str:
    """What is wrong with a format, in Russian; empty where it names a day and can be read."""
    said = {*_DIRECTIVES.findall(pattern)}
    if not all(said & group for group in _DAYS):
        return "в нём нет числа, месяца или года"
    if "I" in said and "p" not in said:
        return "часы %I без половины суток %p неоднозначны"
    try:
        datetime.strptime(SAMPLE.strftime(pattern), pattern)  # noqa: DTZ007 - tries it alone
    except (ValueError, re.error):
        return "по нему нельзя прочесть дату"
    return ""


def _kept(cell: str) -> tuple[datetime, bool] | None:
    """What a spreadsheet keeps as a date; None for what somebody typed."""
    if _OWN.fullmatch(cell):
        return _usual(cell)
    if not _SERIAL.fullmatch(cell):
        return None
    days = float(cell)
    return EPOCH + timedelta(seconds=round(days * DAY_SECONDS)), days.is_integer()


def _usual(cell: str) -> tuple[datetime, bool]:
    try:
        if "24:00" in cell and (after := _MIDNIGHT_AFTER.fullmatch(cell)):
            written, _ = _usual(f"{after[1]}00:00{after[2] or ''}{after[3]}")
            return written + timedelta(days=1), False
        return datetime.fromisoformat(cell), len(cell) <= LONGEST_DAY
    except OverflowError:
        raise BadCell(RefusalCode.DATE_OUT_OF_RANGE, "такой даты быть не может") from None
    except ValueError as error:
        if isinstance(error, BadCell):
            raise
    if apart := _OFFSET_APART.fullmatch(cell):
        offset = "+00:00" if apart[2].isalpha() else apart[2]
        return _usual(f"{apart[1]}{offset}")
    for pattern in RUSSIAN:
        try:
            written = datetime.strptime(cell, pattern)  # noqa: DTZ007 - the caller knows the zone
        except ValueError:
            continue
        return written, not _has_hour(pattern)
    reason = "не дата: нужна ГГГГ-ММ-ДД чч:мм:сс или ДД.ММ.ГГГГ чч:мм"
    raise BadCell(RefusalCode.INVALID, reason)


def _by_patterns(cell: str, patterns: tuple[str, ...]) -> tuple[datetime, bool]:
    found: dict[tuple[datetime, bool], str] = {}
    said = cell if cell.isascii() else _MONTH.sub(_month, cell)
    for pattern in patterns:
        known = pattern if said == cell else pattern.replace("%B", "%b")
        try:
            written = datetime.strptime(said, known)  # noqa: DTZ007 - the caller knows the zone
        except ValueError:
            continue
        found.setdefault((written, not _has_hour(pattern)), pattern)
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = " и ".join(f"«{pattern}»" for pattern in found.values())
        reason = f"дата читается по-разному: подходят {several}"
        raise BadCell(RefusalCode.INVALID, reason)
    promised = ", ".join(f"«{pattern}»" for pattern in patterns)
    raise BadCell(RefusalCode.INVALID, f"не дата: файл обещал {promised}")


def _month(name: re.Match[str]) -> str:
    return ENGLISH[STEMS.index(name[1][:3].lower().replace("мая", "май"))]


@lru_cache(maxsize=64)
def _has_hour(pattern: str) -> bool:
    return not _HOURS.isdisjoint(_DIRECTIVES.findall(pattern))


Convert = Callable[[str], object]
"""From a cell that is not blank to a value; BadCell where it is none."""
