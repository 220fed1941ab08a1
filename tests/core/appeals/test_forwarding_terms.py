"""Each body's own days, from its own registration, as a table over the federal rulebook (R47)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates, governing
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.registrations import awaits_registration, registrations
from core.appeals.rules.terms import Deadline
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.standing import Standing
from tests.core.kernel.test_calendar import ZONES
from tests.fixtures.calendars import OFFICIAL

F = Fact
MOSCOW = ZoneInfo("Europe/Moscow")
LONG_AFTER = datetime.fromisoformat("2026-09-01 00:00:00+00:00")
Told = tuple[Fact, str, str | None]

BEGUN: list[Told] = [
    (F.RECEIVED, "2026-03-02 10:00:00", None),
    (F.REGISTERED, "2026-03-03 10:00:00", "a"),
    (F.ROUTED, "2026-03-03 10:00:00", "a"),
    (F.ACCEPTED, "2026-03-03 12:00:00", None),
]


def entries(*facts: Told, zone: ZoneInfo = MOSCOW) -> list[Entry]:
    return [
        Entry(seq, fact, datetime.fromisoformat(moment).replace(tzinfo=zone), body)
        for seq, (fact, moment, body) in enumerate(facts, start=1)
    ]


def judged(
    law: Rulebook, facts: list[Entry], theme: str = "roads", zone: ZoneInfo = MOSCOW
) -> tuple[DueDate, ...]:
    rules = law.all(Deadline, facts[0].at.astimezone(zone).date())
    given = Circumstances(Regime.APPEAL, theme, significant=theme == "roads")
    return due_dates(rules, facts, given, zone, OFFICIAL)


def told(dues: tuple[DueDate, ...], key: str, zone: ZoneInfo = MOSCOW) -> list[tuple[object, ...]]:
    """(body, last local day, standing long after, whether it went on) of each term of a rule."""
    return [
        (
            due.body,
            due.due_at and due.due_at.astimezone(zone).date().isoformat(),
            due.standing(LONG_AFTER),
            due.relieved,
        )
        for due in dues
        if due.rule.key == key
    ]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(
    ("forwarded", "standing"),
    [
        ("2026-03-10 23:59:59", Standing.MET),
        ("2026-03-11 00:00:00", Standing.BREACHED),
    ],
    ids=["day 7", "day 8"],
)
@pytest.mark.clause("fz59/8.3")
def test_a_body_has_seven_days_from_its_own_registration(
    law: Rulebook, name: str, forwarded: str, standing: Standing
) -> None:
    zone = ZoneInfo(name)
    facts = entries(*BEGUN, (F.TRANSFERRED, forwarded, "b"), zone=zone)
    dues = judged(law, facts, zone=zone)
    assert told(dues, "forwarding", zone) == [("a", "2026-03-10", standing, False)]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(
    ("registered", "standing"),
    [
        ("2026-03-12 23:59:59", Standing.MET),
        ("2026-03-13 00:00:00", Standing.BREACHED),
    ],
    ids=["day 3", "day 4"],
)
@pytest.mark.clause("fz59/8.2")
def test_the_receiver_has_three_days_to_register(
    law: Rulebook, name: str, registered: str, standing: Standing
) -> None:
    zone = ZoneInfo(name)
    forwarding = (F.TRANSFERRED, "2026-03-09 15:00:00", "b")
    pending = entries(*BEGUN, forwarding, zone=zone)
    assert awaits_registration(pending)
    facts = entries(*BEGUN, forwarding, (F.REGISTERED, registered, "b"), zone=zone)
    assert not awaits_registration(facts)
    dues = judged(law, facts, zone=zone)
    assert [row[1:] for row in told(dues, "next-registration", zone)] == [
        ("2026-03-12", standing, False)
    ]


@pytest.mark.clause("fz59/8.3", "fz59/12.1", "ru.1844/2.accelerated-resolution.deadline")
def test_each_of_three_bodies_in_a_row_has_its_own_terms(law: Rulebook) -> None:
    facts = entries(
        *BEGUN,
        (F.TRANSFERRED, "2026-03-10 12:00:00", "b"),
        (F.REGISTERED, "2026-03-12 12:00:00", "b"),
        (F.ACCEPTED, "2026-03-12 13:00:00", None),
        (F.TRANSFERRED, "2026-03-20 12:00:00", "c"),
        (F.REGISTERED, "2026-03-21 12:00:00", "c"),
        (F.ACCEPTED, "2026-03-21 13:00:00", None),
        (F.ANSWERED, "2026-04-15 12:00:00", None),
    )
    dues = judged(law, facts)
    met, breached = Standing.MET, Standing.BREACHED
    assert told(dues, "forwarding") == [
        ("a", "2026-03-10", met, False),
        ("b", "2026-03-19", breached, False),
    ]
    assert [row[1:3] for row in told(dues, "next-registration")] == [
        ("2026-03-13", met),
        ("2026-03-23", met),
    ]
    assert told(dues, "answer") == [
        ("a", "2026-04-02", met, True),
        ("b", "2026-04-11", met, True),
        ("c", "2026-04-20", met, False),
    ]
    assert told(dues, "accelerated") == [(None, "2026-04-01", breached, False)]
    assert [(one.body, one.accepted) for one in registrations(facts)] == [
        ("a", True), ("b", True), ("c", True),
    ]  # fmt: skip


@pytest.mark.clause("fz59/12.1")
def test_the_receivers_thirty_days_govern_and_nothing_is_judged_of_the_forwarder(
    law: Rulebook,
) -> None:
    facts = entries(
        *BEGUN,
        (F.TRANSFERRED, "2026-03-10 12:00:00", "b"),
        (F.REGISTERED, "2026-03-12 12:00:00", "b"),
    )
    dues = judged(law, facts, theme="sport")
    due = governing(dues)
    assert due is not None
    assert (due.rule.key, due.body, due.ordinal) == ("answer", "b", 2)
    answers = told(dues, "answer")
    assert [row[3] for row in answers] == [True, False]
    assert answers[1][1] == "2026-04-11"


@pytest.mark.clause("fz59/8.3", "fz59/12.2", "ru.1844/2.accelerated-resolution.deadline")
def test_a_prolonged_case_that_is_forwarded_is_never_without_a_term(law: Rulebook) -> None:
    """The receiver has not registered it yet: the mechanism's term goes on meanwhile."""
    prolonged = (F.PROLONGED, "2026-03-09 12:00:00", None)
    facts = entries(*BEGUN, prolonged, (F.TRANSFERRED, "2026-03-10 12:00:00", "b"))
    due = governing(judged(law, facts))
    assert due is not None
    assert due.rule.key == "accelerated"
    registered = entries(
        *BEGUN, prolonged, (F.TRANSFERRED, "2026-03-10 12:00:00", "b"),
        (F.REGISTERED, "2026-03-12 12:00:00", "b"),
    )  # fmt: skip
    due = governing(judged(law, registered))
    assert due is not None
    assert (due.rule.key, due.body) == ("answer", "b")


@pytest.mark.parametrize("undone", [F.RETURNED, F.QUEUED])
@pytest.mark.clause("fz59/8.3")
def test_what_was_given_back_was_not_forwarded(law: Rulebook, undone: Fact) -> None:
    facts = entries(
        *BEGUN,
        (F.TRANSFERRED, "2026-03-09 12:00:00", "b"),
        (undone, "2026-03-10 12:00:00", "a" if undone is F.RETURNED else None),
    )
    dues = judged(law, facts, theme="sport")
    assert not awaits_registration(facts)
    assert told(dues, "forwarding") == told(dues, "next-registration") == []
    assert told(dues, "answer") == [("a", "2026-04-02", Standing.BREACHED, False)]
    again = [*facts, *_later(facts, (F.TRANSFERRED, "2026-03-12 12:00:00", "c"))]
    assert told(judged(law, again, theme="sport"), "forwarding") == [
        ("a", "2026-03-10", Standing.BREACHED, False)
    ]


@pytest.mark.parametrize("undone", [F.RETURNED, F.QUEUED])
@pytest.mark.clause("fz59/8.2")
def test_who_gives_back_late_has_not_registered_in_time(law: Rulebook, undone: Fact) -> None:
    """The forwarding is taken back, the breach of the three days is not."""
    late = ("2026-03-12", Standing.BREACHED, False)
    for back, terms in (("2026-03-12 23:59:59", []), ("2026-03-13 00:00:00", [late])):
        given = (F.TRANSFERRED, "2026-03-09 12:00:00", "b"), (undone, back, "a")
        facts = entries(*BEGUN, *given)
        facts += _later(facts, (F.TRANSFERRED, "2026-03-14 12:00:00", "b"))
        found = told(judged(law, facts, theme="sport"), "next-registration")
        assert [row[1:] for row in found] == [*terms, ("2026-03-17", Standing.BREACHED, False)]


@pytest.mark.clause("fz59/8.3")
def test_routing_by_the_centre_is_no_forwarding(law: Rulebook) -> None:
    facts = entries(
        *BEGUN[:3],
        (F.RETURNED, "2026-03-05 12:00:00", None),
        (F.QUEUED, "2026-03-05 12:00:00", None),
        (F.ROUTED, "2026-03-20 12:00:00", "b"),
        (F.ACCEPTED, "2026-03-21 12:00:00", None),
    )
    dues = judged(law, facts, theme="sport")
    assert told(dues, "forwarding") == []
    assert told(dues, "answer") == [("b", "2026-04-02", Standing.BREACHED, False)]


@pytest.mark.clause("fz59/8.3")
def test_an_order_inside_a_body_is_no_forwarding(law: Rulebook) -> None:
    facts = entries(*BEGUN, (F.DELEGATED, "2026-03-20 12:00:00", "unit"))
    dues = judged(law, facts, theme="sport")
    assert told(dues, "forwarding") == []
    assert told(dues, "answer") == [("a", "2026-04-02", Standing.BREACHED, False)]


def test_who_accepted_without_registering_went_on_with_the_term_there_was(law: Rulebook) -> None:
    facts = entries(
        *BEGUN,
        (F.TRANSFERRED, "2026-03-09 12:00:00", "b"),
        (F.ACCEPTED, "2026-03-10 12:00:00", None),
        (F.ANSWERED, "2026-04-02 23:59:59", None),
    )
    dues = judged(law, facts, theme="sport")
    assert told(dues, "answer") == [("a", "2026-04-02", Standing.MET, False)]
    assert told(dues, "next-registration") == []


@pytest.mark.parametrize(
    ("fact", "key", "day", "standing"),
    [
        (F.COPIED, "copies", "2026-03-10 23:59:59", Standing.MET),
        (F.COPIED, "copies", "2026-03-11 00:00:00", Standing.BREACHED),
        (F.SENT_BACK, "send-back", "2026-03-10 23:59:59", Standing.MET),
        (F.SENT_BACK, "send-back", "2026-03-11 00:00:00", Standing.BREACHED),
        (F.COURT_DECISION, "court-decision", "2026-03-10 23:59:59", Standing.MET),
        (F.COURT_DECISION, "court-decision", "2026-03-11 00:00:00", Standing.BREACHED),
    ],
)
@pytest.mark.clause("fz59/8.4", "fz59/11.2", "tsur.practice/return")
def test_copies_and_returns_have_seven_days(
    law: Rulebook, fact: Fact, key: str, day: str, standing: Standing
) -> None:
    dues = judged(law, entries(*BEGUN, (fact, day, None)), theme="sport")
    assert told(dues, key) == [("a", "2026-03-10", standing, False)]
    answer = Standing.BREACHED if fact is F.COPIED else Standing.MET
    assert told(dues, "answer") == [("a", "2026-04-02", answer, False)]
    none = judged(law, entries(*BEGUN), theme="sport")
    assert told(none, key) == []


def _later(before: list[Entry], *facts: Told) -> list[Entry]:
    after = entries(*facts)
    return [entry._replace(seq=len(before) + place) for place, entry in enumerate(after, start=1)]


def test_the_last_second_of_a_day_is_in_it(law: Rulebook) -> None:
    dues = judged(law, entries(*BEGUN, (F.TRANSFERRED, "2026-03-10 12:00:00", "b")))
    (due,) = (one for one in dues if one.rule.key == "forwarding")
    assert due.due_at is not None
    assert due.due_at.astimezone(MOSCOW).time().isoformat() == "23:59:59"
    assert due.due_at + timedelta(seconds=1) == datetime(2026, 3, 11, tzinfo=MOSCOW)
