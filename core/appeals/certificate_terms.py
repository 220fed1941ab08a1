"""What a certificate says of terms, and the same recomputed from its own ledger and the law.

One of this edition of the law is recomputed whole. One of another was issued by other rules: of it
the arithmetic is checked, which hangs on its own ledger, the region's clock and the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import APPEALED, Mark, importance_of, occasion
from core.appeals.rules.receipts import RECEIVED_AT
from core.appeals.rules.stage_terms import CATEGORY
from core.appeals.rules.terms import Deadline
from core.appeals.sequence import SAID
from core.kernel.rules.calendar import Calendar, WorkingCalendar, WorkingHours, local_date
from core.kernel.rules.passport import Passport
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.counting import last_moment
from core.shapes.deadlines.rules.units import Unit

KIND = "tsur.deadline/3"
KINDS = ("tsur.deadline/1", "tsur.deadline/2", KIND)
"""Those that were ever issued; today the last one is."""

HOURS = ("opens", "closes", "closes_on_friday", "lunch_from", "lunch_until", "eve_shorter")
"""The fields of the rule that say when people work."""

CARRIED = (
    "days",
    "promised_at",
    APPEALED,
    "own",
    "importance",
    "presumed",
    "number",
    "unanswered",
    "owed",
    CATEGORY,
    SAID,
)
"""What of an entry's data a term is counted by, and what the clock said where it was set back."""

CARRIED_BY: Mapping[Fact, tuple[str, ...]] = {
    Fact.CONCLUDED: ("outcome",),
    Fact.RECEIPT_TOLD: (RECEIVED_AT,),
}
"""What besides of this fact alone: by it is known which term of telling it ends."""

Content = Mapping[str, Any]


def fact(entry: Entry) -> dict[str, Any]:
    """An entry of the ledger without its text."""
    carried = (*CARRIED, *CARRIED_BY.get(entry.fact, ()))
    counted = {key: entry.data[key] for key in carried if key in entry.data}
    moment = entry.at.isoformat()
    return {"seq": entry.seq, "fact": entry.fact, "at": moment, "body": entry.body, "data": counted}


def said(rules: Rulebook, dues: Sequence[DueDate], on: date) -> dict[str, Any]:
    """The calendar, looked up on the local day, and the terms, as a certificate has them."""
    calendar = rules.get(Calendar, "production", on)
    production = "/".join(filter(None, (calendar.country, calendar.subdivision)))
    return {
        "calendar": {"production": production, "hours": _hours(rules, dues)},
        "deadlines": [_due(due) for due in dues],
    }


def circumstances_of(appeal: Any, entries: Sequence[Entry]) -> dict[str, Any]:
    """What of the appeal decides which terms it has; `appeal` has the columns' names."""
    names = ("regime", "theme", "significant", "municipality", "channel")
    given = {name: getattr(appeal, name) for name in names}
    return {**given, "importance": importance_of(entries)}


def holds(content: Content, rules: Rulebook, calendar: WorkingCalendar) -> bool:
    """Whether ledger, law and calendar lead to what the certificate says, in whatever order.

    KeyError, TypeError or ValueError where it lacks what it takes to recompute.
    """
    if content["edition"] != rules.edition:
        passport = rules.get(Passport, "region", _day_of_receipt(content))
        same_clock = passport.zone.key == content["zone"]
        return same_clock and _holds_as_issued(content, calendar)
    entries = tuple(_entry(item) for item in content["ledger"])
    given = content["circumstances"]
    received = next(entry.at for entry in entries if entry.fact is Fact.RECEIVED)
    zone = rules.get(Passport, "region", received.date()).zone
    importance = importance_of(entries)
    circumstances = Circumstances(
        Regime(given["regime"]),
        given["theme"],
        given["significant"],
        given["channel"],
        importance,
    )
    day = local_date(received, zone)
    deadlines = rules.all(Deadline, day, municipality=given["municipality"])
    dues = due_dates(deadlines, entries, circumstances, zone, calendar)
    found = said(rules, dues, day)
    same_terms = _by_rule(found["deadlines"]) == _by_rule(content["deadlines"])
    same_hours = bool(found["calendar"]["hours"] == content["calendar"]["hours"])
    return same_terms and same_hours and bool(given["importance"] == importance)


def _day_of_receipt(content: Content) -> date:
    received = next(item for item in content["ledger"] if item["fact"] == Fact.RECEIVED)
    return datetime.fromisoformat(received["at"]).date()


def _holds_as_issued(content: Content, calendar: WorkingCalendar) -> bool:
    """Whether every term begins and ends with facts of the ledger and was counted right."""
    facts = content["ledger"]
    told = (item["data"].get(RECEIVED_AT) for item in facts)
    moments = {None, *(item["at"] for item in facts), *told}
    zone = ZoneInfo(content["zone"])
    prolonged = sum(item["data"].get("days", 0) for item in facts if item["fact"] == Fact.PROLONGED)
    promised = {item["data"].get("promised_at") for item in facts}
    for term in content["deadlines"]:
        if term["started_at"] not in moments or term["stopped_at"] not in moments:
            return False
        if term["unit"] == Unit.GIVEN:
            possible = promised | {None}
        else:
            possible = {*_ends(term, {0, prolonged}, calendar, zone)}
        if term["due_at"] not in possible:
            return False
    return True


def _ends(
    term: Content, prolonged: set[int], calendar: WorkingCalendar, zone: ZoneInfo
) -> Iterator[str | None]:
    """When the term may end: as long as it says, or as long as it was put off."""
    if term["started_at"] is None:
        yield None
        return
    start = datetime.fromisoformat(term["started_at"])
    for days in prolonged:
        length = int(term["length"]) + days
        yield last_moment(start, length, Unit(term["unit"]), calendar, zone).isoformat()


def _entry(item: Content) -> Entry:
    moment = datetime.fromisoformat(item["at"])
    return Entry(item["seq"], Fact(item["fact"]), moment, item["body"], item["data"])


def _due(due: DueDate) -> dict[str, Any]:
    rule = due.rule
    return {
        "rule": rule.key,
        "name": rule.name,
        "track": str(rule.track),
        "clause": rule.clause.ref,
        "clause_title": rule.clause.title,
        "length": rule.length,
        "unit": str(rule.unit),
        "ordinal": due.ordinal,
        "body": due.body,
        "started_at": _iso(due.started_at),
        "due_at": _iso(due.due_at),
        "stopped_at": _iso(due.stopped_at),
        "doubt_until": _iso(due.doubt_until),
        "verdict": str(due.standing(due.stopped_at)) if due.stopped_at else None,
        "relieved": due.relieved,
        "day_off": due.day_off,
        "governs": due.governs,
        "steps": list(due.steps),
        **_narrowing(rule),
    }


def _narrowing(rule: Deadline) -> dict[str, Any]:
    return {
        "starts": _mark(rule.starts),
        "stops": _mark(rule.stops),
        "relieved_by": sorted((_mark(mark) for mark in rule.relieved_by), key=str),
        "stage": rule.stage,
        "season": [list(rule.season.first), list(rule.season.last)] if rule.season else None,
        "channels": sorted(rule.channels),
        "importance": sorted(rule.importance),
        "conditional": rule.conditional,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    named = occasion(mark)
    undone_by = sorted(str(fact) for fact in named.undone_by)
    outcome = {"outcome": str(named.outcome)} if named.outcome else {}
    told = {"fact": str(named.fact), "own": named.own, "nth": named.nth, "undone_by": undone_by}
    return told | outcome


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
