"""What an appeal's terms come to, as rows keep it: what governs, and who was late by whose term.

A prolongation moves the statute's term alone, so both verdicts are told apart (R48); those of the
first answer stay, whatever begins after it (R46).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from core.appeals.rules.deadlines import DueDate, governing, on_track
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import OPEN_STATES, Fact, State
from core.appeals.rules.terms import Track
from core.law.russian import Code
from core.shapes.deadlines.rules.standing import Standing


class LateBy(Code):
    """Which verdict stands against an appeal; the two thirty days are never mixed (R47, R48)."""

    STATUTE = "statute", "нарушен срок Федерального закона № 59-ФЗ"
    MECHANISM = "mechanism", "нарушен срок механизма ускоренного решения"
    OWN = "own", "нарушен иной срок, а сроки закона и механизма ещё не истекли"
    NOT_ESTABLISHED = "not_established", "не установлено, соблюдён ли срок"


class Lateness(NamedTuple):
    """The columns of a row that its terms decide; moments are aware UTC.

    `..._late_at` is the moment from which a term is breached: one that has passed, or one that
    will if nothing ends the term; None for what was met, withdrawn or has not begun. `..._late`
    says that an answer came after it. `not_established` is of a verdict that hangs on a presumed
    registration (R54).
    """

    due_at: datetime | None = None
    due_rule: str | None = None
    late_at: datetime | None = None
    statute_due_at: datetime | None = None
    statute_late_at: datetime | None = None
    statute_late: bool = False
    mechanism_due_at: datetime | None = None
    mechanism_late_at: datetime | None = None
    mechanism_late: bool = False
    not_established: bool = False


def lateness(dues: Sequence[DueDate], entries: Iterable[Entry], state: State) -> Lateness:
    """What the terms of an appeal in this state come to; what was withdrawn is late by none."""
    due = governing(dues)
    withdrawn = any(entry.fact is Fact.WITHDRAWN for entry in entries)
    runs = state in OPEN_STATES
    judged = [] if withdrawn else [one for one in dues if one.rule.answers and not one.relieved]
    statute = _of_track(dues, judged, Track.STATUTE, runs=runs)
    mechanism = _of_track(dues, judged, Track.MECHANISM, runs=runs)
    return Lateness(
        due.due_at if due else None,
        due.rule.key if due else None,
        _late_at(due, runs=runs) if due and not withdrawn else None,
        *statute,
        *mechanism,
        not_established=any(map(_doubtful, judged)),
    )


def _of_track(
    dues: Sequence[DueDate], judged: Iterable[DueDate], track: Track, *, runs: bool
) -> tuple[datetime | None, datetime | None, bool]:
    """Until when the track's latest term lasts, from when one is breached, and if by an answer.

    A breach by an answer stays the verdict, whatever term began later.
    """
    latest = on_track(dues, track)
    moments = [
        (one.stopped_at is None, moment)
        for one in judged
        if one.rule.track is track and (moment := _late_at(one, runs=runs))
    ]
    pending, late_at = min(moments, default=(True, None))
    return latest.due_at if latest else None, late_at, not pending


def _late_at(due: DueDate, *, runs: bool) -> datetime | None:
    limit = due.doubt_until or due.due_at
    if limit is None or (due.stopped_at is None and not runs):
        return None
    return limit if due.stopped_at is None or due.stopped_at > limit else None


def _doubtful(due: DueDate) -> bool:
    stopped = due.stopped_at
    return stopped is not None and due.standing(stopped) is Standing.NOT_ESTABLISHED
