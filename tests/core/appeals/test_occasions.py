"""With which facts terms begin and end, and whose a registration is: pure, entry by entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, Outcome
from core.appeals.rules.occasions import EVERY, Mark, Occasion, StageRule, importance_of, own
from core.appeals.rules.offences import BROUGHT_BY
from core.appeals.rules.registrations import FORWARDING, awaits_registration, registrations
from core.appeals.rules.results import asked_results
from core.appeals.rules.spelling import DAY_OFF, promised_steps, steps_of
from core.appeals.rules.terms import Deadline
from core.shapes.deadlines.rules.units import Unit
from tests.core.appeals.test_course import DAY, Told, ledger
from tests.core.law.samples import clause

CITED = clause("a/1")
MOSCOW = ZoneInfo("Europe/Moscow")
Facts = tuple[Fact | Told, ...]
PAUSE: Told = (Fact.DECLARED, {"own": "pause"})
DRAFT: Told = (Fact.DECLARED, {"own": "draft"})
PLAN = Occasion(Fact.PLANNED, nth=EVERY)
SECRET: Told = (Fact.CONCLUDED, {"outcome": Outcome.SECRET})
ABUSIVE: Told = (Fact.CONCLUDED, {"outcome": Outcome.ABUSIVE})


def body(fact: Fact, seq: int, key: str | None, **data: object) -> Entry:
    return Entry(seq, fact, DAY + timedelta(hours=seq), key, data)


@pytest.mark.parametrize(
    ("occasion", "facts", "meant"),
    [
        (Occasion(Fact.RETURNED), (Fact.RECEIVED, Fact.RETURNED, Fact.RETURNED), [2]),
        (Occasion(Fact.RETURNED, nth=2), (Fact.RECEIVED, Fact.RETURNED, Fact.RETURNED), [3]),
        (Occasion(Fact.RETURNED, nth=3), (Fact.RETURNED, Fact.RETURNED), []),
        (Occasion(Fact.RETURNED, nth=EVERY), (Fact.RETURNED, Fact.ROUTED, Fact.RETURNED), [1, 3]),
        (own("pause"), (DRAFT, PAUSE, PAUSE), [2]),
        (own("pause", 2), (PAUSE, DRAFT, PAUSE), [3]),
        (Occasion(Fact.DECLARED), (DRAFT, PAUSE), [1]),
        (Occasion(Fact.CONCLUDED, outcome=Outcome.SECRET), (ABUSIVE, SECRET), [2]),
        (Occasion(Fact.CONCLUDED, outcome=Outcome.SECRET), (ABUSIVE, Fact.CONCLUDED), []),
        (Occasion(Fact.ANSWERED), (Fact.ANSWERED, Fact.UNSENT, Fact.ANSWERED), [3]),
        (Occasion(Fact.ANSWERED), (Fact.ANSWERED, Fact.ANSWERED, Fact.UNSENT), [1]),
        (PLAN, (Fact.ANSWERED, Fact.PLANNED, Fact.PLANNED, Fact.UNSENT), []),
        (PLAN, (Fact.ANSWERED, Fact.PLANNED, Fact.REOPENED, Fact.ANSWERED, Fact.UNSENT), [2]),
        (FORWARDING, (Fact.TRANSFERRED,), [1]),
        (FORWARDING, (Fact.TRANSFERRED, Fact.RETURNED), []),
        (FORWARDING, (Fact.TRANSFERRED, Fact.QUEUED), []),
        (FORWARDING, (Fact.TRANSFERRED, Fact.ACCEPTED), []),
        (FORWARDING, (Fact.TRANSFERRED, Fact.TRANSFERRED), [2]),
        (FORWARDING, (Fact.TRANSFERRED, Fact.REGISTERED, Fact.RETURNED), [1]),
        (FORWARDING, (Fact.TRANSFERRED, Fact.ASKED, Fact.RETURNED), []),
    ],
)
def test_which_facts_are_meant(occasion: Occasion, facts: Facts, meant: list[int]) -> None:
    assert [entry.seq for entry in occasion.meant(ledger(*facts))] == meant


@pytest.mark.parametrize(
    ("begins", "ends", "facts", "runs"),
    [
        (own("draft"), own("pause"), (DRAFT,), True),
        (own("draft"), own("pause"), (DRAFT, PAUSE), False),
        (own("draft"), own("pause"), (), False),
        (own("draft"), own("pause"), (DRAFT, PAUSE, DRAFT), True),
        (Fact.ROUTED, Fact.ACCEPTED, (Fact.ROUTED,), True),
    ],
)
def test_a_stage_runs_between(begins: Mark, ends: Mark, facts: Facts, runs: bool) -> None:
    assert StageRule("x", "Стадия", begins, ends, clause=CITED).runs(ledger(*facts)) is runs


@pytest.mark.parametrize(
    ("facts", "importance"),
    [
        ((), "ordinary"),
        ((Fact.RECEIVED,), "ordinary"),
        (((Fact.DECLARED, {"importance": "high"}), Fact.ROUTED), "high"),
        (
            ((Fact.DECLARED, {"importance": "high"}), (Fact.DECLARED, {"importance": "low"})),
            "low",
        ),
    ],
)
def test_the_last_word_says_how_important_it_is(facts: Facts, importance: str) -> None:
    assert importance_of(ledger(*facts)) == importance


def test_whose_each_registration_is() -> None:
    """The centre's choice of a body stands from its acceptance on; another registers anew."""
    entries = (
        body(Fact.ROUTED, 1, "early"),
        body(Fact.REGISTERED, 2, "first", presumed=True),
        body(Fact.ROUTED, 3, "second"),
        body(Fact.QUEUED, 4, None),
        body(Fact.ACCEPTED, 5, "second"),
        body(Fact.ROUTED, 6, "third"),
        body(Fact.REGISTERED, 7, "fourth", number=17),
    )
    found = [
        (r.seq, r.at, r.body, r.number, r.presumed, r.accepted) for r in registrations(entries)
    ]
    assert found == [
        (2, DAY + timedelta(hours=2), "second", None, True, True),
        (7, DAY + timedelta(hours=7), "fourth", "17", False, False),
    ]


@pytest.mark.parametrize(
    ("facts", "awaits"),
    [
        ((), False),
        ((Fact.REGISTERED,), False),
        ((Fact.TRANSFERRED,), True),
        ((Fact.REGISTERED, Fact.TRANSFERRED), True),
        ((Fact.REGISTERED, Fact.TRANSFERRED, Fact.REGISTERED), False),
        ((Fact.REGISTERED, Fact.TRANSFERRED, Fact.ACCEPTED), False),
    ],
)
def test_who_was_forwarded_it_has_still_to_register(facts: Facts, awaits: bool) -> None:
    assert awaits_registration(ledger(*facts)) is awaits


def test_results_are_asked_with_a_forwarding_and_given_once() -> None:
    entries = (
        body(Fact.TRANSFERRED, 1, "b", results_for="a"),
        body(Fact.REGISTERED, 2, "b"),
        body(Fact.TRANSFERRED, 3, "c"),
        body(Fact.REGISTERED, 4, "c"),
        body(Fact.TRANSFERRED, 5, "d", results_for="c"),
        body(Fact.REGISTERED, 6, "d"),
        body(Fact.RESULTS_GIVEN, 7, "d", asked=1),
    )
    asked = [
        (one.seq, one.asker, one.of, one.asked_at, one.given_at) for one in asked_results(entries)
    ]
    assert asked == [
        (1, "a", "b", entries[0].at, entries[6].at),
        (5, "c", "d", entries[4].at, None),
    ]


TERM = Deadline("x", "Срок", Fact.RECEIVED, Fact.ANSWERED, 2, clause=CITED)
START = Entry(1, Fact.RECEIVED, datetime(2026, 3, 2, 9, tzinfo=UTC))
DUE = datetime(2026, 3, 4, 20, 59, 59, tzinfo=UTC)
BEGAN = "начало: поступление 2026-03-02T12:00:00+03:00 (Europe/Moscow)"
AFTER = "день 2026-03-02 не считается, день 1 следующий"
LAST = "последний день 2026-03-04, последний момент 23:59:59 по времени региона"


def test_a_term_in_days_is_spelt_out() -> None:
    two = "срок 2 календарных дня"
    assert steps_of(TERM, START, DUE, MOSCOW) == (BEGAN, AFTER, two, LAST)
    presumed = START._replace(data={"presumed": True})
    assert steps_of(TERM, presumed, DUE, MOSCOW, prolonged=5, day_off=True) == (
        BEGAN,
        "день регистрации неизвестен, за него принят день поступления",
        AFTER,
        two,
        "продлён на 5 дней",
        LAST,
        DAY_OFF,
    )


@pytest.mark.parametrize(
    ("unit", "how", "length"),
    [
        (Unit.WORKING_HOURS, "считаются только рабочие часы", "срок 2 рабочих часа"),
        (Unit.HOURS, "считается подряд, от самого момента", "срок 2 часа"),
        (Unit.MINUTES, "считается подряд, от самого момента", "срок 2 минуты"),
    ],
)
def test_a_term_by_the_clock_is_spelt_out(unit: Unit, how: str, length: str) -> None:
    term = Deadline("x", "Срок", Fact.RECEIVED, Fact.ANSWERED, 2, unit, clause=CITED)
    ends = "последний момент 2026-03-04T23:59:59+03:00"
    assert steps_of(term, START, DUE, MOSCOW) == (BEGAN, how, length, ends)


def test_a_term_says_what_brought_the_facts_that_were_noted_late() -> None:
    late = START._replace(data={BROUGHT_BY: Fact.SUPPLEMENTED})
    brought = "отметка сделана позже, сведения поступили раньше (приобщение документа заявителя)"
    assert steps_of(TERM, late, DUE, MOSCOW)[1] == brought


def test_a_promised_moment_is_the_source_s() -> None:
    promised = {"promised_at": "2026-03-04T20:59:59+00:00"}
    moment = "2026-03-04T23:59:59+03:00"
    assert promised_steps(START, MOSCOW) == (None, ("источник не назвал срока",))
    told = START._replace(data=promised)
    assert promised_steps(told, MOSCOW) == (DUE, (f"источник обещал ответ к {moment}",))
    resumed = told._replace(fact=Fact.RESUMED)
    later = f"не позже срока ответа на новое обращение: {moment}"
    assert promised_steps(resumed, MOSCOW) == (DUE, (later,))
