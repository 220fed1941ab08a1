"""Deadlines as pure functions of the ledger, the rules and the calendar.

Every term is judged apart; of those that end with the answer the strictest governs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.appeals.rules.course import course_for, owes_answer
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import EVERY, ORDINARY, Occasion, occasion
from core.appeals.rules.terms import Deadline
from core.kernel.rules.calendar import WorkingCalendar, local_date
from core.law.russian import days
from core.shapes.deadlines.rules.counting import last_moment
from core.shapes.deadlines.rules.standing import Term
from core.shapes.deadlines.rules.units import CLOCKED, Unit, spoken


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of an appeal decides which deadlines it has."""

    regime: Regime
    theme: str | None
    significant: bool
    channel: str | None = None
    importance: str = ORDINARY


@dataclass(frozen=True, slots=True)
class DueDate(Term):
    """One deadline of one appeal; `steps` are Russian sentences.

    `ordinal` counts from 1 the terms that one rule has begun.
    """

    rule: Deadline
    governs: bool
    steps: tuple[str, ...]
    ordinal: int = 1
    relieved: bool = False


@dataclass(frozen=True, slots=True)
class _Judge:
    """What every term of one appeal is counted by."""

    entries: Sequence[Entry]
    zone: ZoneInfo
    calendar: WorkingCalendar


def applies(rule: Deadline, circumstances: Circumstances) -> bool:
    """Whether the appeal has this deadline at all."""
    return (
        circumstances.regime in rule.regimes
        and (circumstances.significant or not rule.significant_only)
        and (not rule.themes or circumstances.theme in rule.themes)
        and (not rule.channels or circumstances.channel in rule.channels)
        and (not rule.importance or circumstances.importance in rule.importance)
    )


def governing(dues: Iterable[DueDate]) -> DueDate | None:
    """The one among an appeal's deadlines that governs it; None while none has begun."""
    return next((due for due in dues if due.governs), None)


def due_dates(
    rules: Sequence[Deadline],
    entries: Sequence[Entry],
    circumstances: Circumstances,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> tuple[DueDate, ...]:
    """Every deadline of the appeal, in the order of the rules; at most one of them governs.

    A term of a season is there once it has begun in season.
    """
    judge = _Judge(entries, zone, calendar)
    computed = [
        due
        for rule in rules
        if applies(rule, circumstances) and owes_answer(rule, entries)
        for due in _terms(rule, replace(judge, entries=course_for(rule, entries)))
    ]
    prolonged = first(entries, Fact.PROLONGED) is not None
    chosen = strictest(computed, prolonged=prolonged)
    return tuple(_marked(due) if due is chosen else due for due in computed)


def strictest(dues: Sequence[DueDate], *, prolonged: bool) -> DueDate | None:
    """The deadline of the answer that governs: the earliest that has not yielded."""
    candidates = [
        due
        for due in dues
        if due.due_at is not None
        and due.rule.governs
        and not due.relieved
        and not (prolonged and due.rule.yields_to_prolongation)
    ]
    return min(candidates, key=_moment_and_key, default=None)


def _moment_and_key(due: DueDate) -> tuple[datetime, str]:
    """Of terms that end at one moment the key decides, not the order of the rules."""
    assert due.due_at is not None
    return due.due_at, due.rule.key


def _marked(due: DueDate) -> DueDate:
    steps = (*due.steps, "этот срок действует как самый строгий")
    return replace(due, governs=True, steps=steps)


def _terms(rule: Deadline, judge: _Judge) -> Iterator[DueDate]:
    """The terms that the rule has begun; one not begun where it begins but once."""
    starts, season = occasion(rule.starts), rule.season
    begun = starts.meant(judge.entries)
    if not begun and starts.nth != EVERY and season is None:
        ended, _ = _ended(rule, judge.entries, None)
        yield DueDate(None, None, ended, rule, governs=False, steps=("срок ещё не начался",))
    for ordinal, start in enumerate(begun, start=1):
        if season is None or season.holds(local_date(start.at, judge.zone)):
            yield _term(rule, start, ordinal, judge)


def _term(rule: Deadline, start: Entry, ordinal: int, judge: _Judge) -> DueDate:
    ended, relieved = _ended(rule, judge.entries, start)
    due_at, steps = _promised(start, judge) if rule.unit is Unit.GIVEN else (None, ())
    if rule.unit is not Unit.GIVEN:
        length = rule.length + (_prolonged_days(judge.entries) if rule.prolongable else 0)
        due_at = last_moment(start.at, length, rule.unit, judge.calendar, judge.zone)
        steps = _steps(rule, judge, start, due_at)
    return DueDate(start.at, due_at, ended, rule, False, steps, ordinal, relieved)


def _ended(
    rule: Deadline, entries: Sequence[Entry], start: Entry | None
) -> tuple[datetime | None, bool]:
    """When the term ended, and whether by a fact that relieves.

    It ends with its fact, with one that relieves it, or because the applicant took the appeal
    back. What an Occasion begins is ended by what comes after it.
    """
    later = entries
    if start is not None and isinstance(rule.starts, Occasion):
        later = [entry for entry in entries if entry.seq > start.seq]
    marks = (occasion(rule.stops), Occasion(Fact.WITHDRAWN), *rule.relieved_by)
    ends = [(entry.at, mark in rule.relieved_by) for mark in marks for entry in mark.meant(later)]
    return min(ends, default=(None, False))


def _promised(start: Entry, judge: _Judge) -> tuple[datetime | None, tuple[str, ...]]:
    promised = start.data.get("promised_at")
    if not isinstance(promised, str):
        return None, ("источник не назвал срока",)
    due_at = datetime.fromisoformat(promised)
    return due_at, (f"источник обещал ответ к {due_at.astimezone(judge.zone).isoformat()}",)


def _prolonged_days(entries: Sequence[Entry]) -> int:
    given = (entry.data.get("days") for entry in entries if entry.fact is Fact.PROLONGED)
    return sum(number for number in given if isinstance(number, int))


def _steps(rule: Deadline, judge: _Judge, start: Entry, due_at: datetime) -> tuple[str, ...]:
    began, ends = (moment.astimezone(judge.zone) for moment in (start.at, due_at))
    steps = [f"начало: {rule.starts.label} {began.isoformat()} ({judge.zone.key})"]
    if rule.unit in CLOCKED:
        hours = "считаются только рабочие часы" if rule.unit is Unit.WORKING_HOURS else ""
        steps.append(hours or "считается подряд, от самого момента")
        steps.append(f"срок {spoken(rule.length, rule.unit)}")
        return (*steps, f"последний момент {ends.isoformat()}")
    steps.append(f"день {began.date().isoformat()} не считается, день 1 следующий")
    steps.append(f"срок {spoken(rule.length, rule.unit)}")
    prolonged = _prolonged_days(judge.entries) if rule.prolongable else 0
    if prolonged:
        steps.append(f"продлён на {days(prolonged)}")
    end = ends.date().isoformat()
    return (*steps, f"последний день {end}, последний момент 23:59:59 по времени региона")
