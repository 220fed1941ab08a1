"""Who the region is and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from core.law.days import holds
from core.law.rule import Rule
from core.law.russian import Code, keys, period

MOSCOW = ZoneInfo("Europe/Moscow")
SOME_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - of one day in two zones
"""The country's zones do not change with the season."""


@dataclass(frozen=True)
class LimitedArea(Rule):
    """Key: an area of clauses that hold in these regions alone, by their names.

    In every other region what they say is not in force, whatever its day.
    """

    code: ClassVar[str] = "limited-area"
    heading: ClassVar[str] = "Нормы, действующие не во всех регионах"
    only_said: ClassVar[bool] = True

    name: str
    regions: frozenset[str]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{self.name}: только {', '.join(sorted(self.regions))}"


@dataclass(frozen=True)
class Passport(Rule):
    """The region's card: `code` as in addresses of the API, `subject` its number among regions."""

    code: ClassVar[str] = "passport"
    heading: ClassVar[str] = "Регион"

    name: str
    centre: str
    centre_short: str
    subject: str
    timezone: str
    number_prefix: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return (
            f"{self.name} ({self.subject}): {self.centre}, {self.centre_short}; "
            f"время {self._time()}, номера «{self.number_prefix}»"
        )

    def _time(self) -> str:
        """«МСК+2», as clocks of the country are told."""
        away = SOME_DAY.replace(tzinfo=MOSCOW) - SOME_DAY.replace(tzinfo=self.zone)
        hours = round(away.total_seconds() / 3600)
        return f"МСК{hours:+d}" if hours else "МСК"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the region's days begin and end."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class TerritoryCode:
    """An ОКТМО code and the days on which it is in force."""

    oktmo: str
    since: date | None = None
    until: date | None = None


class ReformKind(Code):
    """What a reform did to a municipality."""

    RENAMED = "renamed", "переименовано"
    STATUS = "status", "изменён статус"
    MERGED = "merged", "объединено с другим"
    SPLIT = "split", "разделено"

    @property
    def ends(self) -> bool:
        """Whether the municipality is no more from that day on."""
        return self in (ReformKind.MERGED, ReformKind.SPLIT)


@dataclass(frozen=True, slots=True)
class Reform:
    """A municipality until a reform: `on` is the first day on which it is otherwise.

    `name` and `former_kind` are what it was called before; `ground` is the act, or the register's
    issue that shows the reform where the act is unknown; `successors` are keys of what took its
    place.
    """

    kind: ReformKind
    on: date
    ground: str
    name: str
    former_kind: str = field(metadata={"code": "form"})
    successors: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The reform in words."""
        heirs = f", преемники: {keys(self.successors)}" if self.successors else ""
        return f"{self.on:%d.%m.%Y} {self.kind.label}{heirs} ({self.ground})"


@dataclass(frozen=True)
class Municipality(Rule):
    """A municipality under an own stable key, since its ОКТМО code changes at reforms.

    A reform makes another rule of the same key, so that each day has its own name; every one of
    them has all the `reforms`, the earliest first.
    """

    code: ClassVar[str] = "municipality"
    heading: ClassVar[str] = "Муниципальные образования"
    noun: ClassVar[str] = "муниципальное образование"

    name: str
    kind: str = field(metadata={"code": "form"})
    codes: tuple[TerritoryCode, ...]
    seat: str
    latitude: float
    longitude: float
    population: int | None = None
    reforms: tuple[Reform, ...] = ()

    def sentence(self) -> str:
        """What it orders, in words."""
        codes = ", ".join(
            code.oktmo
            if code.since is None and code.until is None
            else f"{code.oktmo} ({period(code.since, code.until)})"
            for code in self.codes
        )
        reforms = "".join(f"; {reform.sentence()}" for reform in self.reforms)
        return f"{self.name}, {self.kind}; ОКТМО {codes}; {self.seat}{reforms}"

    def oktmo(self, on: date) -> str:
        """The code in force on a date, the latest known one where none is."""
        for code in reversed(self.codes):
            if holds(code.since, code.until, on):
                return code.oktmo
        return self.codes[-1].oktmo
