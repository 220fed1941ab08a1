"""Deadlines as pure functions of the ledger, the rules and the calendar.

Every term is judged apart. Of those of the answer, or of the verdict on it, the strictest that is
still running governs; where nothing runs, the strictest of the last answer, but none while a new
appeal disputes that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from core.appeals.rules.course import Course
from core.appeals.rules.endings import (
    broken_before,
    ended_at,
    presumed_end,
    prolonged_days,
    span_of,
)
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import (
    EVERY,
    ORDINARY,
    is_appealed,
    occasion,
)
from core.appeals.rules.offences import beginnings, by_what_brought_them
from core.appeals.rules.receipts import by_earliest_receipt
from core.appeals.rules.registrations import registrations
from core.appeals.rules.spelling import DAY_OFF, promised_steps, steps_of
from core.appeals.rules.stage_terms import category_terms
from core.appeals.rules.terms import Deadline, Track
from core.kernel.rules.calendar import WorkingCalendar, local_date
from core.shapes.deadlines.rules.counting import last_moment
from core.shapes.deadlines.rules.standing import Term
from core.shapes.deadlines.rules.units import DAYS, Unit


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

    `ordinal` counts from 1 the terms that one rule has begun, `body` is the key of the body whose
    registration began it. `relieved` says that it ended without being fulfilled, and so without a
    verdict: the appeal went on to another body. `day_off` says that its last day is one (R67).
    """

    rule: Deadline
    governs: bool
    steps: tuple[str, ...]
    ordinal: int = 1
    relieved: bool = False
    body: str | None = None
    day_off: bool = False


@dataclass(frozen=True)
class _Judge:
    """What every term of one appeal is counted by; `slack` are the days there are to register."""

    entries: Sequence[Entry]
    zone: ZoneInfo
    calendar: WorkingCalendar
    slack: int

    def on(self, entries: Sequence[Entry]) -> _Judge:
        """The same by these facts."""
        return self if entries is self.entries else replace(self, entries=entries)

    def free(self, moment: datetime) -> bool:
        """Whether its local day is a day off."""
        return not self.calendar.is_working_day(local_date(moment, self.zone))

    @cached_property
    def happened(self) -> frozenset[Fact]:
        """Which facts there are: most rules begin with another."""
        return frozenset(entry.fact for entry in self.entries)

    @cached_property
    def registering(self) -> Mapping[int, str | None]:
        """The body of each registration, by the place of its fact in the ledger."""
        return {one.seq: one.body for one in registrations(self.entries)}


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


def on_track(dues: Iterable[DueDate], track: Track) -> DueDate | None:
    """The term of the answer by the statute, or by the mechanism: the latest that was begun.

    Of those that began together the strictest: what 12 ч. 1.1 gives twenty days has no thirty.
    """
    found = [due for due in dues if due.rule.track is track and due.rule.answers and due.due_at]
    found.sort(key=_moment_and_key)
    return max(found, key=lambda due: (not due.relieved, due.started_at), default=None)


def next_answer(
    rules: Iterable[Deadline],
    entries: Sequence[Entry],
    circumstances: Circumstances,
    at: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    body: str | None = None,
) -> tuple[Deadline, datetime] | None:
    """What the next body has to answer by if it registers then, and the last moment of that.

    `body` is its key, where it is known.
    """
    course, kinds = Course(entries), beginnings(entries, body)
    found = [
        (last_moment(at, rule.length, rule.unit, calendar, zone), rule.key, rule)
        for rule in rules
        if rule.starts in kinds and rule.answers and rule.unit is not Unit.GIVEN
        if applies(rule, circumstances) and course.owes_answer(rule)
    ]
    if not found:
        return None
    due_at, _, rule = min(found)
    return rule, due_at


def due_dates(
    rules: Sequence[Deadline],
    entries: Sequence[Entry],
    circumstances: Circumstances,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> tuple[DueDate, ...]:
    """Every deadline of the appeal, in the order of the rules; at most one of them governs.

    Those of its category, which a fact names, come after those of the law.

    A term of a season is there once it has begun in season, a conditional one once it has ended.
    """
    entries = by_what_brought_them(by_earliest_receipt(entries))
    judge, course = _Judge(entries, zone, calendar, _slack(rules)), Course(entries)
    computed = [
        due
        for rule in (*rules, *category_terms(entries))
        if applies(rule, circumstances) and course.owes_answer(rule)
        for due in _terms(rule, judge.on(course.seen_by(rule)))
    ]
    prolonged = first(entries, Fact.PROLONGED) is not None
    chosen = strictest(computed, prolonged=prolonged)
    if chosen is not None and chosen.stopped_at is not None and is_appealed(entries):
        chosen = None
    return tuple(_marked(due) if due is chosen else due for due in computed)


def strictest(dues: Sequence[DueDate], *, prolonged: bool) -> DueDate | None:
    """The deadline that governs: the earliest that runs, else the earliest of the last answer.

    A term yields to a prolonged one while there is one: who put it off may have forwarded the case.
    """
    standing = [
        due for due in dues if due.due_at is not None and due.rule.governs and not due.relieved
    ]
    lasting = [due for due in standing if not (prolonged and due.rule.yields_to_prolongation)]
    candidates = lasting or standing
    running = [due for due in candidates if due.stopped_at is None]
    return min(running or _of_the_last_answer(candidates), key=_moment_and_key, default=None)


def _of_the_last_answer(dues: Sequence[DueDate]) -> list[DueDate]:
    ended = [(due.stopped_at, due) for due in dues if due.rule.answers and due.stopped_at]
    last = max((moment for moment, _ in ended), default=None)
    return [due for moment, due in ended if moment == last]


def _moment_and_key(due: DueDate) -> tuple[datetime, str]:
    """Of terms that end at one moment the key decides, not the order of the rules."""
    assert due.due_at is not None
    return due.due_at, due.rule.key


def _marked(due: DueDate) -> DueDate:
    steps = (*due.steps, "этот срок действует как самый строгий")
    return replace(due, governs=True, steps=steps)


def _slack(rules: Sequence[Deadline]) -> int:
    """How many days there are to register, by which a presumed registration may be wrong (R54)."""
    registering = (
        rule.length
        for rule in rules
        if rule.starts is Fact.RECEIVED
        and rule.stops is Fact.REGISTERED
        and rule.unit is Unit.CALENDAR_DAYS
    )
    return max(registering, default=0)


def _terms(rule: Deadline, judge: _Judge) -> Iterator[DueDate]:
    """The terms that the rule has begun; one not begun where it begins but once."""
    starts, season = occasion(rule.starts), rule.season
    begun = _begun(rule, judge) if starts.fact in judge.happened else ()
    if not begun and starts.nth != EVERY and season is None and not rule.conditional:
        ended, _ = ended_at(rule, judge.entries)
        yield DueDate(None, None, ended, rule, governs=False, steps=("срок ещё не начался",))
    for ordinal, start in enumerate(begun, start=1):
        in_season = season is None or season.holds(local_date(start.at, judge.zone))
        if in_season and (not rule.conditional or _done(rule, start, judge.entries)):
            yield _term(rule, start, ordinal, judge)


def _begun(rule: Deadline, judge: _Judge) -> Sequence[Entry]:
    """What begins it; what was taken back begins it too where that came after the last moment.

    A body that gives a case back only then has not registered it in time all the same (8 ч. 2).
    """
    starts = occasion(rule.starts)
    meant = starts.meant(judge.entries)
    taken_back = starts.undone_by & {ending.fact for ending in rule.relieved_by}
    if not taken_back:
        return meant
    undone_by, settled_by = starts.undone_by - taken_back, starts.settled_by | taken_back
    ever = replace(starts, undone_by=undone_by, settled_by=settled_by).meant(judge.entries)
    return [start for start in ever if start in meant or not _term(rule, start, 1, judge).relieved]


def _done(rule: Deadline, start: Entry, entries: Sequence[Entry]) -> bool:
    """Whether what the term asks for was done, rather than that the term ended in another way."""
    span = span_of(rule, start, entries)
    ended, _ = ended_at(rule, span)
    return any(entry.at == ended for entry in occasion(rule.stops).meant(span))


def _term(rule: Deadline, start: Entry, ordinal: int, judge: _Judge) -> DueDate:
    span = span_of(rule, start, judge.entries)
    ended, relieved = ended_at(rule, span)
    if rule.unit is Unit.GIVEN:
        due_at, steps = promised_steps(start, judge.zone)
        relieved = relieved and not broken_before(rule, span, ended, due_at)
        day_off = due_at is not None and judge.free(due_at)
        words = (*steps, DAY_OFF) if day_off else steps
        return DueDate(
            start.at, due_at, ended, rule, False, words, ordinal, relieved, day_off=day_off
        )
    prolonged = prolonged_days(start, span) if rule.prolongable else 0
    length = rule.length + prolonged
    due_at = last_moment(start.at, length, rule.unit, judge.calendar, judge.zone)
    day_off = rule.unit in DAYS and judge.free(due_at)
    return DueDate(
        start.at,
        due_at,
        ended,
        rule,
        False,
        steps_of(rule, start, due_at, judge.zone, prolonged=prolonged, day_off=day_off),
        ordinal,
        relieved and not broken_before(rule, span, ended, due_at),
        judge.registering.get(start.seq) if start.fact is Fact.REGISTERED else None,
        day_off,
        doubt_until=_doubt(rule, start, length, judge),
        presumed_end=presumed_end(rule, span, ended),
    )


def _doubt(rule: Deadline, start: Entry, length: int, judge: _Judge) -> datetime | None:
    """Until when it cannot be told, as the day of registration is presumed; None: it can (R54)."""
    if not start.data.get("presumed") or rule.unit is not Unit.CALENDAR_DAYS:
        return None
    return last_moment(start.at, length + judge.slack, rule.unit, judge.calendar, judge.zone)
