"""The terms of 59-ФЗ and of the Rules against the federal rulebook, in every zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.spelling import DAY_OFF
from core.appeals.rules.terms import Deadline
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.standing import Standing
from core.shapes.deadlines.rules.units import Unit
from tests.core.kernel.test_calendar import ZONES
from tests.core.law.samples import clause
from tests.fixtures.calendars import OFFICIAL

MOSCOW = ZoneInfo("Europe/Moscow")
APPEAL = Circumstances(Regime.APPEAL, "roads", significant=True)
ORDINARY = Circumstances(Regime.APPEAL, "sport", significant=False)
MESSAGE = Circumstances(Regime.MESSAGE, "roads", significant=True)
SECOND = timedelta(seconds=1)


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    """A local moment, `2026-03-02 23:59:59`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def ledger(*facts: tuple[Fact, datetime] | tuple[Fact, datetime, dict[str, object]]) -> list[Entry]:
    return [
        Entry(seq, fact, moment, data=rest[0] if rest else {})
        for seq, (fact, moment, *rest) in enumerate(facts, start=1)
    ]


def judge(
    law: Rulebook,
    entries: list[Entry],
    circumstances: Circumstances = APPEAL,
    zone: ZoneInfo = MOSCOW,
) -> dict[str, DueDate]:
    rules = law.all(Deadline, entries[0].at.astimezone(zone).date())
    dues = due_dates(rules, entries, circumstances, zone, OFFICIAL)
    assert sum(due.governs for due in dues) <= 1
    return {due.rule.key: due for due in dues}


def governing(dues: dict[str, DueDate]) -> str | None:
    return next((key for key, due in dues.items() if due.governs), None)


RECEIPTS = {
    "the last minute of a day": ("2026-03-02 23:59:00", "2026-03-05 23:59:59"),
    "the first moment of a day": ("2026-03-03 00:00:00", "2026-03-06 23:59:59"),
    "the last day of a year": ("2025-12-31 12:00:00", "2026-01-03 23:59:59"),
    "a Friday evening": ("2026-03-06 19:30:00", "2026-03-09 23:59:59"),
}


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(("received", "due"), RECEIPTS.values(), ids=RECEIPTS)
@pytest.mark.clause("fz59/8.2")
def test_registered_within_three_days(law: Rulebook, name: str, received: str, due: str) -> None:
    zone = ZoneInfo(name)
    registration = judge(law, ledger((Fact.RECEIVED, at(received, zone))), zone=zone)[
        "registration"
    ]
    assert registration.due_at == at(due, zone)
    assert registration.standing(at(due, zone)) is Standing.RUNNING
    assert registration.breached_at(at(due, zone)) is None
    assert registration.standing(at(due, zone) + SECOND) is Standing.BREACHED
    assert registration.breached_at(at(due, zone) + timedelta(days=90)) == at(due, zone)
    assert registration.rule.clause.ref == "fz59/8.2"


def test_what_has_not_begun_says_so_and_may_have_ended_all_the_same() -> None:
    draft = Deadline(
        "draft", "Проект", Fact.ACCEPTED, Fact.ANSWERED, 8, Unit.WORKING_HOURS, clause=clause("a/1")
    )
    received, answered = at("2026-03-02 09:00:00"), at("2026-03-02 10:00:00")
    facts = ledger((Fact.RECEIVED, received), (Fact.ANSWERED, answered))
    for entries, ended in ((facts[:1], None), (facts, answered)):
        (due,) = due_dates([draft], entries, APPEAL, MOSCOW, OFFICIAL)
        assert (due.started_at, due.due_at, due.stopped_at) == (None, None, ended)
        assert due.steps == ("срок ещё не начался",)


@pytest.mark.parametrize(
    ("forwarded", "standing"),
    [
        ("2026-03-09 23:59:59", Standing.MET),
        ("2026-03-10 00:00:00", Standing.BREACHED),
    ],
)
@pytest.mark.clause("fz59/8.3")
def test_forwarded_within_seven_days_of_registration(
    law: Rulebook, forwarded: str, standing: Standing
) -> None:
    received, registered = at("2026-03-01 10:00:00"), at("2026-03-02 10:00:00")
    facts = ledger(
        (Fact.RECEIVED, received),
        (Fact.REGISTERED, registered),
        (Fact.ROUTED, registered),
        (Fact.TRANSFERRED, at(forwarded)),
    )
    assert judge(law, facts)["forwarding"].standing(at("2026-05-01 00:00:00")) is standing


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.clause("fz59/12.1", "ru.1844/2.accelerated-resolution.deadline")
def test_thirty_days_count_from_registration_and_from_receipt(law: Rulebook, name: str) -> None:
    zone = ZoneInfo(name)
    facts = ledger(
        (Fact.RECEIVED, at("2026-03-02 23:59:59", zone)),
        (Fact.REGISTERED, at("2026-03-04 00:00:00", zone)),
    )
    dues = judge(law, facts, zone=zone)
    assert dues["accelerated"].due_at == at("2026-04-01 23:59:59", zone)
    assert dues["answer"].due_at == at("2026-04-03 23:59:59", zone)
    assert governing(dues) == "accelerated"


@pytest.mark.parametrize(
    ("answered", "standing"),
    [("2026-04-04 23:59:59", Standing.MET), ("2026-04-05 00:00:00", Standing.BREACHED)],
)
@pytest.mark.clause("fz59/12.1")
def test_the_last_day_is_kept_though_it_is_a_saturday(
    law: Rulebook, answered: str, standing: Standing
) -> None:
    day = at("2026-03-05 09:00:00")
    facts = ledger((Fact.RECEIVED, day), (Fact.REGISTERED, day), (Fact.ANSWERED, at(answered)))
    dues = judge(law, facts)
    assert OFFICIAL.is_working_day(date(2026, 4, 4)) is False
    assert {dues[key].standing(day) for key in ("answer", "accelerated")} == {standing}
    marks = [(due.day_off, DAY_OFF in due.steps) for due in (dues["answer"], dues["registration"])]
    assert marks == [(True, True), (True, True)]
    monday = judge(law, ledger((Fact.RECEIVED, day), (Fact.REGISTERED, at("2026-03-07 09:00:00"))))
    assert (monday["answer"].day_off, DAY_OFF in monday["answer"].steps) == (False, False)


@pytest.mark.parametrize(
    ("circumstances", "terms"),
    [
        (APPEAL, ["registration", "accelerated", "answer", "promised"]),
        (ORDINARY, ["registration", "answer", "promised"]),
        (MESSAGE, ["accelerated", "promised"]),
    ],
)
@pytest.mark.clause("fz59/12.1", "ru.1844/2.accelerated-resolution")
def test_which_terms_an_appeal_and_a_message_have(
    law: Rulebook, circumstances: Circumstances, terms: list[str]
) -> None:
    day = at("2026-03-02 10:00:00")
    found = judge(law, ledger((Fact.RECEIVED, day), (Fact.REGISTERED, day)), circumstances)
    assert sorted(found) == sorted(terms)


@pytest.mark.clause("fz59/12.2")
def test_a_prolonged_appeal_leaves_the_accelerated_term_which_stays_listed(law: Rulebook) -> None:
    day = at("2026-03-02 10:00:00")
    facts = ledger(
        (Fact.RECEIVED, day),
        (Fact.REGISTERED, day),
        (Fact.PROLONGED, at("2026-03-20 10:00:00"), {"days": 30}),
        (Fact.ANSWERED, at("2026-04-20 10:00:00")),
    )
    dues = judge(law, facts)
    assert governing(dues) == "answer"
    assert dues["answer"].due_at == at("2026-05-01 23:59:59")
    assert dues["answer"].standing(day) is Standing.MET
    assert dues["accelerated"].due_at == at("2026-04-01 23:59:59")
    assert dues["accelerated"].standing(day) is Standing.BREACHED
    assert "продлён на 30 дней" in dues["answer"].steps


@pytest.mark.parametrize(
    ("promised", "governs"),
    [("2026-03-10T12:00:00+03:00", "promised"), ("2026-04-10T12:00:00+03:00", "accelerated")],
)
@pytest.mark.clause("tsur.practice/promised")
def test_the_promised_moment_competes_with_the_law(
    law: Rulebook, promised: str, governs: str
) -> None:
    day = at("2026-03-02 10:00:00")
    facts = ledger((Fact.RECEIVED, day, {"promised_at": promised}), (Fact.REGISTERED, day))
    dues = judge(law, facts)
    assert dues["promised"].due_at == datetime.fromisoformat(promised)
    assert governing(dues) == governs


@pytest.mark.clause("tsur.practice/promised")
def test_no_promise_no_term(law: Rulebook) -> None:
    due = judge(law, ledger((Fact.RECEIVED, at("2026-03-02 10:00:00"))))["promised"]
    assert (due.due_at, due.standing(at("2030-01-01 00:00:00"))) == (None, Standing.NOT_STARTED)


@pytest.mark.clause("ru.1844/2.accelerated-resolution.deadline")
def test_an_old_appeal_is_judged_by_the_edition_of_its_own_day(law: Rulebook) -> None:
    before = judge(law, ledger((Fact.RECEIVED, at("2020-11-15 10:00:00"))))
    after = judge(law, ledger((Fact.RECEIVED, at("2020-11-16 00:00:00"))))
    assert "accelerated" not in before
    assert after["accelerated"].due_at == at("2020-12-16 23:59:59")


def test_the_steps_say_what_was_counted(law: Rulebook) -> None:
    due = judge(law, ledger((Fact.RECEIVED, at("2026-03-02 23:30:00"))))["accelerated"]
    assert due.steps == (
        "начало: поступление 2026-03-02T23:30:00+03:00 (Europe/Moscow)",
        "день 2026-03-02 не считается, день 1 следующий",
        "срок 30 календарных дней",
        "последний день 2026-04-01, последний момент 23:59:59 по времени региона",
        "этот срок действует как самый строгий",
    )


@pytest.mark.parametrize(
    ("received", "off"),
    [("2026-03-03 12:00:00", False), ("2026-03-05 12:00:00", True), ("2026-03-04 12:00:00", True)],
)
def test_a_day_off_is_one_of_the_place_not_of_the_server(
    law: Rulebook, received: str, off: bool
) -> None:
    """West of Greenwich a local day ends on the next day of UTC: a Friday on a Saturday."""
    west = ZoneInfo("America/Havana")
    due = judge(law, ledger((Fact.RECEIVED, at(received, west))), zone=west)["registration"]
    assert due.due_at is not None
    assert due.due_at.astimezone(west).time().isoformat() == "23:59:59"
    assert due.day_off is off
