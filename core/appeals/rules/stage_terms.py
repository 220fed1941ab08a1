"""Terms that a category of the region's classifier brings: out of the ledger, beside the law's.

They stand beside the terms of the law, the strictest governs, so none of them can put an answer
off; a load is refused where it tries to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from core.appeals.rules.handling import TransferRule
from core.appeals.rules.intake import OF_THE_RULES
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import EVERY, Mark, Occasion, occasion
from core.appeals.rules.terms import Deadline
from core.kernel.rules.calendar import WorkingCalendar
from core.law.act import Clause
from core.law.rulebook import Rulebook
from core.law.russian import Code
from core.shapes.deadlines.rules.counting import end_of_day, last_moment
from core.shapes.deadlines.rules.units import CLOCKED, Unit, spoken

CATEGORY = "category"
"""Under which name a fact carries the category that was given, with its terms."""

YEAR = 366
COMPARED = 1_000
"""Pairs of terms that are remembered: rows of an annex have few different ones."""


class WorkStage(Code):
    """A stretch of work on a case for which a classifier may set a term."""

    REGISTRATION = "registration", "регистрация"
    ACCEPTANCE = "acceptance", "принятие органом"
    ANSWER = "answer", "ответ"


SPANS: Mapping[WorkStage, tuple[Mark, Mark]] = {
    WorkStage.REGISTRATION: (Fact.RECEIVED, Fact.REGISTERED),
    WorkStage.ACCEPTANCE: (Occasion(Fact.ROUTED), Fact.ACCEPTED),
    WorkStage.ANSWER: (Fact.REGISTERED, Fact.ANSWERED),
}
"""From which fact to which each lasts."""

RELIEVED = {
    WorkStage.ACCEPTANCE: frozenset({Occasion(Fact.RETURNED), Occasion(Fact.TRANSFERRED)}),
    WorkStage.ANSWER: frozenset({Occasion(Fact.PROLONGED, nth=EVERY)}),
}
"""A body that gives the case back does not take it; who puts the answer off does so by law."""


@dataclass(frozen=True, slots=True)
class StageTerm:
    """How long a stage may last: `length` in `unit`, counted as every other term."""

    stage: WorkStage
    length: int
    unit: Unit

    @property
    def label(self) -> str:
        """«ответ — 10 рабочих дней»."""
        return f"{self.stage.label} — {spoken(self.length, self.unit)}"

    @classmethod
    def read(cls, stored: Iterable[Sequence[Any]]) -> tuple[StageTerm, ...]:
        """The terms as a row or a fact keeps them."""
        return tuple(cls(WorkStage(stage), length, Unit(unit)) for stage, length, unit in stored)

    @property
    def stored(self) -> list[str | int]:
        """The term as plain JSON."""
        return [self.stage.value, self.length, self.unit.value]


def category_of(entries: Sequence[Entry]) -> Mapping[str, Any] | None:
    """What the last fact that speaks of a category says of it; None where none does."""
    for entry in reversed(entries):
        said = entry.data.get(CATEGORY)
        if isinstance(said, Mapping):
            return said
    return None


def category_terms(entries: Sequence[Entry]) -> tuple[Deadline, ...]:
    """The terms of the category that the case has, as rules on its row of the classifier."""
    said = category_of(entries)
    if not said or not said["stages"]:
        return ()
    clause = row_clause(said["row"], said["title"], said["name"])
    return tuple(_deadline(term, clause) for term in StageTerm.read(said["stages"]))


def row_clause(row: str, title: str, quote: str) -> Clause:
    """The row of an annex as the ground of what it decides; `row` names it with its first day."""
    return Clause(
        act="classifier",
        id=row,
        number=title,
        quote=quote,
        says=quote,
        area="classifier",
        software="data",
        document=title.replace("{", "(").replace("}", ")"),
    )


def _deadline(term: StageTerm, clause: Clause) -> Deadline:
    starts, stops = SPANS[term.stage]
    return Deadline(
        f"category-{term.stage.value}",
        f"По классификатору: {term.stage.label}",
        starts,
        stops,
        term.length,
        term.unit,
        relieved_by=RELIEVED.get(term.stage, frozenset()),
        clause=clause,
    )


def clocked(terms: Iterable[StageTerm]) -> bool:
    """Whether one of them counts from the very moment."""
    return any(term.unit in CLOCKED for term in terms)


def undercut(
    term: StageTerm,
    rules: Rulebook,
    theme: str | None,
    on: date,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
) -> tuple[Clause, date] | None:
    """The norm by which less time is given than by this term, and a day of the next year on which
    it is; None where there is none.
    """
    for length, unit, clause in _limits(term.stage, rules, theme, on):
        day = _looser(term, length, unit, on, calendar, zone)
        if day is not None:
            return clause, day
    return None


def _limits(
    stage: WorkStage, rules: Rulebook, theme: str | None, on: date
) -> Iterator[tuple[int, Unit, Clause]]:
    """What the law gives for the stage at the most: lengths, units and their norms."""
    if stage is WorkStage.ACCEPTANCE:
        rule = rules.find(TransferRule, "appeal", on)
        if rule is not None:
            yield rule.accept_within_days, rule.unit, rule.clause
        return
    starts, stops = (occasion(mark).fact for mark in SPANS[stage])
    for one in rules.all(Deadline, on):
        of_all = not (one.conditional or one.channels or one.importance or one.season)
        meant = (not one.themes or theme in one.themes) and bool(one.regimes & OF_THE_RULES)
        begun = occasion(one.starts).fact in (Fact.RECEIVED, starts)
        ended = occasion(one.stops).fact is stops
        if of_all and meant and begun and ended and one.unit is not Unit.GIVEN:
            yield one.length, one.unit, one.clause


@lru_cache(COMPARED)
def _looser(
    term: StageTerm, length: int, unit: Unit, on: date, calendar: WorkingCalendar, zone: ZoneInfo
) -> date | None:
    """The first day on which the term begun with its last moment ends later than the limit."""
    if term.unit is unit:
        return on if term.length > length else None
    for day in (on + timedelta(days=number) for number in range(YEAR)):
        begun = end_of_day(day, zone)
        ours = last_moment(begun, term.length, term.unit, calendar, zone)
        if ours > last_moment(begun, length, unit, calendar, zone):
            return day
    return None
