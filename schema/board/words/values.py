"""How dates, numbers, spans and codes are written on pages: one way each, for every template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from core.appeals.notices.letters.reference import written
from core.law.periods import NAMES
from core.law.russian import days as told_days
from core.law.russian import plural
from core.problems.period import days_of
from core.shapes.deadlines.rules.units import Unit

THIN, HYPHEN = "\u202f", "\u2011"
"""A space and a hyphen where no line ends."""

LONGEST_NUMBER = 18
MOMENTS = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?(?: \([\w/+-]+\))?"
)
DAYS = re.compile(r"\b\d{4}-\d\d-\d\d\b")
A_MONTH, A_WEEK = re.compile(r"\d{4}-\d\d"), re.compile(r"(\d{4})-W(\d\d)")
A_SPAN = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
NUMBERS = re.compile(
    r"(?:№|(?i:\b(?:п|пп|подп|ч|ст|абз|гл|разд))\.) (?:«\w+»|[\w/.-]*\w(?:\(\d+\))?)"
    r"|\b\d+-ФЗ\b|\b\w{2,4}-\d{4}-\d{6}\b"
)
"""What no line breaks: a number with its sign, a norm with its place, a law, an appeal."""
WEEKDAYS = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip


def plain(said: str) -> int | None:
    """A number written in digits and in nothing else; None for what is none, or for too long."""
    fit = said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER
    return int(said) if fit else None


def moment(text: str | datetime) -> datetime:
    """A moment as the API writes it."""
    if isinstance(text, datetime):
        return text
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def moment_in(text: str) -> datetime | None:
    """The aware moment that an address or a form carries; None where it carries none."""
    try:
        found = moment(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def day(value: str | date) -> str:
    """27.11.2026, as in letters; a string is a day as the API writes it."""
    return written(date.fromisoformat(value) if isinstance(value, str) else value)


def plainly(text: str) -> str:
    """A sentence of the law's reckoning with its days and moments as people write them."""
    said = MOMENTS.sub(lambda found: f"{day(found[1])}, {found[2]}", text)
    return DAYS.sub(lambda found: day(found[0]), said)


def quarter(period: str) -> str:
    """«2-й квартал 2026», never broken; any other period as it is."""
    year, _, number = period.partition("-Q")
    return f"{number}{HYPHEN}й{THIN}квартал{THIN}{year}" if number else period


def month(name: str) -> str:
    """«октябрь 2026» for «2026-10»."""
    first = date.fromisoformat(f"{name}-01")
    return f"{NAMES[first.month - 1]} {first.year}"


def stretch(name: str) -> str:
    """A day, a week, a month or a quarter as people call it; a year and an hour as they are."""
    if DAYS.fullmatch(name):
        return day(name)
    if found := A_WEEK.fullmatch(name):
        return f"неделя с {day(date.fromisocalendar(int(found[1]), int(found[2]), 1))}"
    if A_SPAN.fullmatch(name):
        return days_of(name)
    return month(name) if A_MONTH.fullmatch(name) else quarter(name)


def capitalize(text: str) -> str:
    """Its first letter great, the others as they stand: «ЦУР» and a name stay what they are."""
    return f"{text[:1].upper()}{text[1:]}"


def within_a_sentence(text: str) -> str:
    """Its first letter small, as after a colon; «ЦУР» and what begins so stay what they are."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def bound(text: str) -> Markup:
    """Words with «№ 12», «п. 3.2», «59-ФЗ» never broken; the text stays, for who looks in it."""
    return Markup(NUMBERS.sub(r'<span class="number">\g<0></span>', str(escape(text))))


def whole_day(value: date) -> str:
    """«пятница, 27 ноября 2026 г.»."""
    return f"{WEEKDAYS[value.weekday()]}, {value.day} {MONTHS[value.month - 1]} {value.year} г."


def at(text: str | datetime, zone: ZoneInfo) -> str:
    """27.11.2026, 09:10 by the region's clock."""
    return f"{moment(text).astimezone(zone):%d.%m.%Y, %H:%M}"


def local(text: str | datetime, zone: ZoneInfo) -> date:
    """The local day of a moment."""
    return moment(text).astimezone(zone).date()


def clock(now: datetime, zone: ZoneInfo) -> str:
    """The region's clock named once, as the law on time names it: «время московское», «МСК+2»."""
    ahead = (now.astimezone(zone).utcoffset() or timedelta()) - timedelta(hours=3)
    if not ahead:
        return "время московское"
    hours = ahead / timedelta(hours=1)
    return f"время МСК{number(hours) if hours < 0 else '+' + number(hours)}"


def until(text: str | datetime, zone: ZoneInfo) -> str:
    """«по 17.09.2026 включительно»: a term ends with its last day."""
    return f"по {day(local(text, zone))} включительно"


def days(count: int) -> str:
    """«3 дня», never broken between the number and the word."""
    return f"{number(count)}{THIN}{plural(count, 'день', 'дня', 'дней')}"


def lasting(length: int, kind: str, unit: str) -> str:
    """«30 календарных дней», «20 минут»; a term that a case is given has no length of its own."""
    if unit == Unit.GIVEN.name:
        return "назначен в деле"
    return told_days(length, kind) if unit.endswith("DAYS") else f"{length} {kind}"


def number(value: float | None) -> str:
    """1 240 with a thin space, 9,5 with a comma; a dash for what is not known."""
    if value is None:
        return "—"
    if float(value).is_integer():
        return f"{int(value):,}".replace(",", THIN)
    return f"{value:,.1f}".replace(",", THIN).replace(".", ",")


def size(count: float) -> str:
    """«340 КБ», «1,2 МБ», «12,5 ГБ»: by thousands, never less than one."""
    if count < 1_000_000:
        return f"{max(round(count / 1000), 1)} КБ"
    if count < 1_000_000_000:
        return f"{number(round(count / 1_000_000, 1))} МБ"
    return f"{number(round(count / 1_000_000_000, 1))} ГБ"


def span(seconds: int) -> str:
    """«20 д 5 ч 41 мин» in thin spaces; what is under a minute is a minute."""
    total = timedelta(seconds=seconds)
    hours, rest = divmod(total.seconds, 3600)
    parts = ((total.days, "д"), (hours, "ч"), (rest // 60, "мин"))
    said = [f"{count}{THIN}{unit}" for count, unit in parts if count]
    return " ".join(said) or f"1{THIN}мин"


def api(value: datetime) -> str:
    """A moment as the API reads it."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def exactly(value: datetime) -> str:
    """A moment as the API reads it, with its fraction."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Codes:
    """What members of the API's enums are called in Russian, as the schema itself says."""

    def __init__(self, types: Mapping[str, Any]) -> None:
        self._types = types

    def __call__(self, value: str | None, of: str) -> str:
        """The label of a member; a dash for none."""
        if value is None:
            return "—"
        label: str = self._types[of].values[value].description
        return label
