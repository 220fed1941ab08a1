"""Who the region is and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from core.law.days import holds
from core.law.rule import Rule
from core.law.russian import period


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
            f"время {self.timezone}, номера «{self.number_prefix}»"
        )

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


@dataclass(frozen=True)
class Municipality(Rule):
    """A municipality under an own stable key, since its ОКТМО code changes at reforms.

    `has_centre` says whether a municipal control centre works there (data, not law).
    """

    code: ClassVar[str] = "municipality"
    heading: ClassVar[str] = "Муниципальные образования"

    name: str
    form: str
    codes: tuple[TerritoryCode, ...]
    seat: str
    latitude: float
    longitude: float
    population: int | None = None

    def sentence(self) -> str:
        """What it orders, in words."""
        codes = ", ".join(
            code.oktmo
            if code.since is None and code.until is None
            else f"{code.oktmo} ({period(code.since, code.until)})"
            for code in self.codes
        )
        return f"{self.name}, {self.form}; ОКТМО {codes}; {self.seat}"

    def oktmo(self, on: date) -> str:
        """The code in force on a date, the latest known one where none is."""
        for code in reversed(self.codes):
            if holds(code.since, code.until, on):
                return code.oktmo
        return self.codes[-1].oktmo
