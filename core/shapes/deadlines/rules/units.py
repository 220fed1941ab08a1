"""In what a term is counted, when in the year it holds, and how both are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.law.fault import LawError
from core.law.russian import Code, days, plural


class Unit(Code):
    """How a term is counted; GIVEN takes the moment that the source promised."""

    CALENDAR_DAYS = "calendar_days", "календарных"
    WORKING_DAYS = "working_days", "рабочих"
    GIVEN = "given", "обещанных"
    MINUTES = "minutes", "минут"
    HOURS = "hours", "часов"
    WORKING_HOURS = "working_hours", "рабочих часов"


DAYS = frozenset({Unit.CALENDAR_DAYS, Unit.WORKING_DAYS})
"""Counted from the day after the start to the end of the last day."""

CLOCKED = frozenset({Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS})
"""Counted from the moment of the start itself."""


def spoken(number: int, unit: Unit) -> str:
    """«30 календарных дней», «60 минут», «9 рабочих часов»."""
    if unit in DAYS:
        one = "рабочий" if unit is Unit.WORKING_DAYS else "календарный"
        return days(number, plural(number, one, unit.label, unit.label))
    if unit is Unit.MINUTES:
        return f"{number} {plural(number, 'минута', 'минуты', 'минут')}"
    hours = plural(number, "час", "часа", "часов")
    kind = plural(number, "рабочий ", "рабочих ", "рабочих ") if unit is Unit.WORKING_HOURS else ""
    return f"{number} {kind}{hours}"


def brief(number: int, unit: Unit) -> str:
    """The same where days are calendar days unless it is said otherwise: «7 дней»."""
    return days(number) if unit is Unit.CALENDAR_DAYS else spoken(number, unit)


LEAP = 2024
"""A year that has every day that any has."""


class Told(Code):
    """When people are told of a term: whenever it is time, or in working time alone."""

    ANY_TIME = "any_time", "в любое время"
    WORKING_DAYS = "on_working_days", "по рабочим дням"
    WORKING_HOURS = "in_working_hours", "в рабочие часы"


@dataclass(frozen=True, slots=True)
class Season:
    """Days of every year, the first and the last one in it, each (month, day).

    A season whose last day comes before its first goes over the new year. LawError for a day that
    no year has.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        """31 April is a slip: the season would silently begin or end on another day."""
        for place in (self.first, self.last):
            try:
                date(LEAP, *place)
            except TypeError:
                continue  # what is no pair of numbers is told with the rule that has it
            except ValueError:
                raise LawError(f"в сезоне {self.label} есть день, которого нет в году") from None

    def holds(self, day: date) -> bool:
        """Whether a local date is in season."""
        place = (day.month, day.day)
        begun, lasts = self.first <= place, place <= self.last
        return begun and lasts if self.first <= self.last else begun or lasts

    @property
    def label(self) -> str:
        """«с 01.04 по 31.10»."""
        (month, day), (last_month, last_day) = self.first, self.last
        return f"с {day:02}.{month:02} по {last_day:02}.{last_month:02}"
