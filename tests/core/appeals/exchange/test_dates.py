"""What a source means by a date: its formats, days without an hour, what is no date at all."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.appeals.exchange.dates import BadCell, Dates, complaint_of

MOSCOW = ZoneInfo("Europe/Moscow")
USUAL = Dates(MOSCOW)
AMERICAN = Dates(MOSCOW, ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y"))
BOOK = Dates(MOSCOW, ("%d.%m.%Y",), book=True)
EITHER = Dates(MOSCOW, ("%d/%m/%Y", "%m/%d/%Y"))
WORDS = Dates(MOSCOW, ("%d %B %Y г.", "%d %b %Y г.", "%d %B %Y"))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("dates", "cell", "beginning", "end"),
    [
        (USUAL, "15.01.2024", utc(2024, 1, 14, 21), utc(2024, 1, 15, 20, 59, 59)),
        (USUAL, "2024-01-15", utc(2024, 1, 14, 21), utc(2024, 1, 15, 20, 59, 59)),
        (USUAL, "20240115", utc(2024, 1, 14, 21), utc(2024, 1, 15, 20, 59, 59)),
        (USUAL, " 15.01.2024 00:00 ", utc(2024, 1, 14, 21), utc(2024, 1, 14, 21)),
        (USUAL, "2024-01-15T00:00:00", utc(2024, 1, 14, 21), utc(2024, 1, 14, 21)),
        (USUAL, "2024-01-15T10:00:00+05:00", utc(2024, 1, 15, 5), utc(2024, 1, 15, 5)),
        (USUAL, "2024-01-15 24:00", utc(2024, 1, 15, 21), utc(2024, 1, 15, 21)),
        (USUAL, "31.12.2024 24:00:00", utc(2024, 12, 31, 21), utc(2024, 12, 31, 21)),
        (USUAL, "15.01.2024,\xa010:05", utc(2024, 1, 15, 7, 5), utc(2024, 1, 15, 7, 5)),
        (USUAL, "2024-01-15 10:00:00 +0500", utc(2024, 1, 15, 5), utc(2024, 1, 15, 5)),
        (USUAL, "2024-01-15 10:00:00.123 UTC", utc(2024, 1, 15, 10, 0, 0, 123000), None),
        (AMERICAN, "04/18/2019 09:55:45 PM", utc(2019, 4, 18, 18, 55, 45), None),
        (AMERICAN, "04/18/2019", utc(2019, 4, 17, 21), utc(2019, 4, 18, 20, 59, 59)),
        (BOOK, "45971", utc(2025, 11, 9, 21), utc(2025, 11, 10, 20, 59, 59)),
        (BOOK, "45971.5", utc(2025, 11, 10, 9), utc(2025, 11, 10, 9)),
        (BOOK, "45971.41666666667", utc(2025, 11, 10, 7), None),
        (BOOK, "2025-11-10 10:00:00", utc(2025, 11, 10, 7), None),
        (BOOK, "10.11.2025", utc(2025, 11, 9, 21), utc(2025, 11, 10, 20, 59, 59)),
        (EITHER, "18/04/2019", utc(2019, 4, 17, 21), utc(2019, 4, 18, 20, 59, 59)),
        (WORDS, "10 Ноября 2025 г.", utc(2025, 11, 9, 21), utc(2025, 11, 10, 20, 59, 59)),
        (WORDS, "9 мая 2025 г.", utc(2025, 5, 8, 21), utc(2025, 5, 9, 20, 59, 59)),
        (WORDS, "1 сент. 2025 г.", utc(2025, 8, 31, 21), utc(2025, 9, 1, 20, 59, 59)),
        (WORDS, "10 November 2025", utc(2025, 11, 9, 21), utc(2025, 11, 10, 20, 59, 59)),
        (EITHER, "04/04/2019", utc(2019, 4, 3, 21), utc(2019, 4, 4, 20, 59, 59)),
    ],
)
def test_moments(dates: Dates, cell: str, beginning: datetime, end: datetime | None) -> None:
    assert dates.beginning(cell) == beginning
    assert dates.end(cell) == (end or beginning)


@pytest.mark.parametrize(
    ("dates", "cell", "complaint"),
    [
        (USUAL, "вчера", "не дата"),
        (USUAL, "04/18/2019", "не дата"),
        (USUAL, "2024", "не дата"),
        (USUAL, "9999-12-31 24:00", "такой даты быть не может"),
        (USUAL, "0001-01-01", "такой даты быть не может"),
        (AMERICAN, "18.04.2019", "файл обещал «%m/%d/%Y %I:%M:%S %p», «%m/%d/%Y»"),
        (WORDS, "10 нояпря 2025 г.", "файл обещал"),
        (EITHER, "03/04/2019", "подходят «%d/%m/%Y» и «%m/%d/%Y»"),
    ],
)
def test_what_is_no_date(dates: Dates, cell: str, complaint: str) -> None:
    with pytest.raises(BadCell) as bad:
        dates.beginning(cell)
    assert complaint in bad.value.reason


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("%d.%m.%Y", ""),
        ("%m/%d/%y %H:%M", ""),
        ("%d.%m", "нет числа, месяца или года"),
        ("%H:%M", "нет числа, месяца или года"),
        ("%d.%m.%Y %I:%M", "без половины суток"),
        ("%d.%m.%Y %Q", "нельзя прочесть"),
    ],
)
def test_formats_are_checked(pattern: str, complaint: str) -> None:
    assert complaint in complaint_of(pattern)
    assert bool(complaint) == bool(complaint_of(pattern))
