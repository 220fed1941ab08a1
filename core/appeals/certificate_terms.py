"""What a certificate says of terms, and the same recomputed from its own ledger and the law.

The first kind says terms in days and promised moments between the first facts of a kind. Where
there is more to say (hours, a season, the n-th fact, a stage, a channel), it is the second kind,
which also carries the working hours by which it was counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import Mark, importance_of, occasion
from core.appeals.rules.terms import Deadline
from core.kernel.rules.calendar import Calendar, WorkingCalendar, WorkingHours, local_date
from core.kernel.rules.passport import Passport
from core.law.rulebook import Rulebook

FIRST, SECOND = "tsur.deadline/1", "tsur.deadline/2"
KINDS = (FIRST, SECOND)
HOURS = ("opens", "closes", "closes_on_friday", "lunch_from", "lunch_until", "eve_shorter")
"""The fields of the rule that say when people work."""

CARRIED = ("days", "promised_at", "own", "importance", "unanswered", "owed")
"""What of an entry's data a term is counted by."""

Content = Mapping[str, Any]


def kind_for(dues: Sequence[DueDate], entries: Sequence[Entry]) -> str:
    """The first kind wherever it can say everything, so that those who know it alone read on."""
    plain = all(due.rule.plain for due in dues)
    known = all(entry.fact is not Fact.DECLARED for entry in entries)
    return FIRST if plain and known else SECOND


def fact(entry: Entry) -> dict[str, Any]:
    """An entry of the ledger without its text."""
    counted = {key: entry.data[key] for key in CARRIED if key in entry.data}
    return {"seq": entry.seq, "fact": entry.fact, "at": entry.at.isoformat(), "data": counted}


def said(kind: str, rules: Rulebook, dues: Sequence[DueDate], on: date) -> dict[str, Any]:
    """The calendar, looked up on the local day, and the terms, as a certificate has them."""
    calendar = rules.get(Calendar, "production", on)
    production = "/".join(filter(None, (calendar.country, calendar.subdivision)))
    if kind == FIRST:
        return {"calendar": production, "deadlines": [_due(due) for due in dues]}
    return {
        "calendar": {"production": production, "hours": _hours(rules, dues)},
        "deadlines": [{**_due(due), **_narrowing(due)} for due in dues],
    }


def circumstances_of(kind: str, appeal: Any, entries: Sequence[Entry]) -> dict[str, Any]:
    """What of the appeal decides which terms it has; `appeal` has the columns' names."""
    names = ("regime", "theme", "significant", "municipality")
    plain = {name: getattr(appeal, name) for name in names}
    if kind == FIRST:
        return plain
    return {**plain, "channel": appeal.channel, "importance": importance_of(entries)}


def holds(content: Content, rules: Rulebook, calendar: WorkingCalendar) -> bool:
    """Whether ledger, law and calendar lead to what the certificate says, in whatever order.

    KeyError, TypeError or ValueError where it lacks what it takes to recompute.
    """
    entries = tuple(_entry(item) for item in content["ledger"])
    given = content["circumstances"]
    received = next(entry.at for entry in entries if entry.fact is Fact.RECEIVED)
    zone = rules.get(Passport, "region", received.date()).zone
    importance = importance_of(entries)
    circumstances = Circumstances(
        Regime(given["regime"]),
        given["theme"],
        given["significant"],
        given.get("channel"),
        importance,
    )
    day = local_date(received, zone)
    deadlines = rules.all(Deadline, day, municipality=given["municipality"])
    dues = due_dates(deadlines, entries, circumstances, zone, calendar)
    found = said(content["kind"], rules, dues, day)
    if _by_rule(found["deadlines"]) != _by_rule(content["deadlines"]):
        return False
    if content["kind"] == FIRST:
        return True
    same_hours = bool(found["calendar"]["hours"] == content["calendar"]["hours"])
    return same_hours and bool(given["importance"] == importance)


def _entry(item: Content) -> Entry:
    moment = datetime.fromisoformat(item["at"])
    return Entry(seq=item["seq"], fact=Fact(item["fact"]), at=moment, data=item["data"])


def _due(due: DueDate) -> dict[str, Any]:
    return {
        "rule": due.rule.key,
        "name": due.rule.name,
        "clause": due.rule.clause.ref,
        "clause_title": due.rule.clause.title,
        "length": due.rule.length,
        "unit": str(due.rule.unit),
        "started_at": _iso(due.started_at),
        "due_at": _iso(due.due_at),
        "stopped_at": _iso(due.stopped_at),
        "governs": due.governs,
        "steps": list(due.steps),
    }


def _narrowing(due: DueDate) -> dict[str, Any]:
    rule = due.rule
    return {
        "ordinal": due.ordinal,
        "relieved": due.relieved,
        "starts": _mark(rule.starts),
        "stops": _mark(rule.stops),
        "relieved_by": sorted((_mark(mark) for mark in rule.relieved_by), key=str),
        "stage": rule.stage,
        "season": [list(rule.season.first), list(rule.season.last)] if rule.season else None,
        "channels": sorted(rule.channels),
        "importance": sorted(rule.importance),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    named = occasion(mark)
    return {"fact": str(named.fact), "own": named.own, "nth": named.nth}


def _hours(rules: Rulebook, dues: Sequence[DueDate]) -> list[dict[str, Any]]:
    """The working hours that held between the first start and the last end, the earlier first."""
    moments = [moment for due in dues for moment in (due.started_at, due.due_at) if moment]
    if not moments:
        return []
    first, last = min(moments).date(), max(moments).date()
    return [
        {"clause": hours.clause.ref, **{name: _clock(getattr(hours, name)) for name in HOURS}}
        for hours in rules.history(WorkingHours)
        if (hours.since is None or hours.since <= last)
        and (hours.until is None or first < hours.until)
    ]


def _clock(value: time | int) -> str | int:
    return value if isinstance(value, int) else f"{value:%H:%M}"


def _by_rule(dues: Sequence[Content]) -> list[Content]:
    """By the rules' keys: in which order the law lists its terms says nothing."""
    return sorted(dues, key=lambda due: (str(due["rule"]), due.get("ordinal", 1)))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
