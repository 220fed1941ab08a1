"""Deadlines as pure functions of the ledger, the rules and the calendar.

Every term is judged apart; of those that end with the answer the strictest governs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline, Unit
from core.kernel.rules.calendar import (
    WorkingDays,
    add_calendar_days,
    add_working_days,
    last_moment,
    local_date,
)
from core.law.russian import Code, days


class Standing(Code):
    """How a deadline stands at a moment."""

    NOT_STARTED = "not_started", "ещё не начался"
    RUNNING = "running", "идёт"
    MET = "met", "соблюдён"
    BREACHED = "breached", "нарушен"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of an appeal decides which deadlines it has."""

    regime: Regime
    theme: str | None
    significant: bool


@dataclass(frozen=True, slots=True)
class DueDate:
    """One deadline of one appeal. Moments are aware UTC; `steps` are Russian sentences.

    A breach is dated `due_at`, whenever it was noticed.
    """

    rule: Deadline
    started_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None
    governs: bool
    steps: tuple[str, ...]

    def standing(self, now: datetime) -> Standing:
        """Met, breached or running at `now`; the last moment itself is in time."""
        if self.due_at is None:
            return Standing.NOT_STARTED
        if self.stopped_at is not None:
            return Standing.MET if self.stopped_at <= self.due_at else Standing.BREACHED
        return Standing.RUNNING if now <= self.due_at else Standing.BREACHED

    def breached_at(self, now: datetime) -> datetime | None:
        """The moment of the breach, which is the deadline itself."""
        return self.due_at if self.standing(now) is Standing.BREACHED else None


def applies(rule: Deadline, circumstances: Circumstances) -> bool:
    """Whether the appeal has this deadline at all."""
    return (
        circumstances.regime in rule.regimes
        and (circumstances.significant or not rule.significant_only)
        and (not rule.themes or circumstances.theme in rule.themes)
    )


def governing(dues: Iterable[DueDate]) -> DueDate | None:
    """The one among an appeal's deadlines that governs it; None while none has begun."""
    return next((due for due in dues if due.governs), None)


def due_dates(
    rules: Sequence[Deadline],
    entries: Sequence[Entry],
    circumstances: Circumstances,
    zone: ZoneInfo,
    is_working_day: WorkingDays,
) -> tuple[DueDate, ...]:
    """Every deadline of the appeal, in the order of the rules; at most one of them governs."""
    computed = [
        _compute(rule, entries, zone, is_working_day)
        for rule in rules
        if applies(rule, circumstances)
    ]
    prolonged = first(entries, Fact.PROLONGED) is not None
    chosen = strictest(computed, prolonged=prolonged)
    return tuple(_marked(due, governs=due is chosen) for due in computed)


def strictest(dues: Sequence[DueDate], *, prolonged: bool) -> DueDate | None:
    """The deadline of the answer that governs: the earliest that has not yielded."""
    candidates = [
        due
        for due in dues
        if due.due_at is not None
        and due.rule.stops is Fact.ANSWERED
        and not (prolonged and due.rule.yields_to_prolongation)
    ]
    return min(candidates, key=_moment_and_key, default=None)


def _moment_and_key(due: DueDate) -> tuple[datetime, str]:
    """Of terms that end at one moment the key decides, not the order of the rules."""
    assert due.due_at is not None
    return due.due_at, due.rule.key


def _marked(due: DueDate, *, governs: bool) -> DueDate:
    steps = (*due.steps, "этот срок действует как самый строгий") if governs else due.steps
    return DueDate(due.rule, due.started_at, due.due_at, due.stopped_at, governs, steps)


def _compute(
    rule: Deadline, entries: Sequence[Entry], zone: ZoneInfo, is_working_day: WorkingDays
) -> DueDate:
    start, stopped_at = first(entries, rule.starts), _stopped_at(rule, entries)
    if start is None:
        return DueDate(rule, None, None, stopped_at, False, ("срок ещё не начался",))
    if rule.unit is Unit.GIVEN:
        return _promised(rule, start, stopped_at, zone)
    length = rule.length + (_prolonged_days(entries) if rule.prolongable else 0)
    day = local_date(start.at, zone)
    end = (
        add_working_days(day, length, is_working_day)
        if rule.unit is Unit.WORKING_DAYS
        else add_calendar_days(day, length)
    )
    steps = _steps(rule, entries, start, end.isoformat(), zone)
    return DueDate(rule, start.at, last_moment(end, zone), stopped_at, False, steps)


def _stopped_at(rule: Deadline, entries: Sequence[Entry]) -> datetime | None:
    """When the term ended: with its fact, or because the applicant took the appeal back."""
    stops = (first(entries, fact) for fact in (rule.stops, Fact.WITHDRAWN))
    return min((stop.at for stop in stops if stop), default=None)


def _promised(rule: Deadline, start: Entry, stopped_at: datetime | None, zone: ZoneInfo) -> DueDate:
    promised = start.data.get("promised_at")
    if not isinstance(promised, str):
        return DueDate(rule, start.at, None, stopped_at, False, ("источник не назвал срока",))
    due_at = datetime.fromisoformat(promised)
    local = due_at.astimezone(zone).isoformat()
    return DueDate(rule, start.at, due_at, stopped_at, False, (f"источник обещал ответ к {local}",))


def _prolonged_days(entries: Sequence[Entry]) -> int:
    given = (entry.data.get("days") for entry in entries if entry.fact is Fact.PROLONGED)
    return sum(number for number in given if isinstance(number, int))


def _steps(
    rule: Deadline, entries: Sequence[Entry], start: Entry, end: str, zone: ZoneInfo
) -> tuple[str, ...]:
    counted = "рабочих" if rule.unit is Unit.WORKING_DAYS else "календарных"
    day = local_date(start.at, zone).isoformat()
    steps = [
        f"начало: {rule.starts.label} {start.at.astimezone(zone).isoformat()} ({zone.key})",
        f"день {day} не считается, день 1 следующий",
        f"срок {days(rule.length, counted)}",
    ]
    prolonged = _prolonged_days(entries) if rule.prolongable else 0
    if prolonged:
        steps.append(f"продлён на {days(prolonged)}")
    return (*steps, f"последний день {end}, последний момент 23:59:59 по времени региона")
