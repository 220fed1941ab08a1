"""The terms after the answer, to the second: judging, mending, the new appeal's own (R46)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import APPEALED
from core.appeals.rules.terms import Deadline
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.test_deadlines import APPEAL, MESSAGE, MOSCOW, SECOND, at, ledger
from tests.fixtures.calendars import OFFICIAL

Happened = tuple[Fact, datetime] | tuple[Fact, datetime, dict[str, object]]
DAY = at("2026-03-02 10:00:00")
ANSWERED: tuple[Happened, ...] = (
    (Fact.RECEIVED, DAY),
    (Fact.REGISTERED, DAY),
    (Fact.ANSWERED, at("2026-03-23 15:00:00")),
    (Fact.CLOSED, at("2026-03-23 15:00:00")),
)
DISPUTED = (*ANSWERED, (Fact.DISPUTED, at("2026-04-06 18:00:00")))
REOPENED = (*DISPUTED, (Fact.REOPENED, at("2026-04-20 23:59:59")))
PROMISED: dict[str, object] = {"promised_at": "2026-05-04T23:59:59+03:00"}
RESUMED = (*DISPUTED, (Fact.RESUMED, at("2026-04-20 12:00:00"), PROMISED))


def judged(
    law: Rulebook, facts: tuple[Happened, ...], circumstances: Circumstances = APPEAL
) -> list[DueDate]:
    rules = law.all(Deadline, date(2026, 3, 2))
    return list(due_dates(rules, ledger(*facts), circumstances, MOSCOW, OFFICIAL))


def one(dues: list[DueDate], key: str, ordinal: int = 1) -> DueDate:
    return next(due for due in dues if (due.rule.key, due.ordinal) == (key, ordinal))


def governing(dues: list[DueDate]) -> tuple[str, int]:
    (due,) = [due for due in dues if due.governs]
    return due.rule.key, due.ordinal


LIVES = {
    "answered: the strictest term of the answer, ended": (
        ANSWERED, ("accelerated", 1), "2026-04-01 23:59:59", Standing.MET,
    ),
    "disputed: ten working days to judge": (
        DISPUTED, ("dispute", 1), "2026-04-20 23:59:59", Standing.RUNNING,
    ),
    "upheld by no appeal: ten working days more, past the days off of May": (
        REOPENED, ("reopened", 1), "2026-05-05 23:59:59", Standing.RUNNING,
    ),
    "upheld by a new appeal: by the term of that": (
        RESUMED, ("resumed", 1), "2026-05-04 23:59:59", Standing.RUNNING,
    ),
    "rejected: the answer's own verdict again": (
        (*DISPUTED, (Fact.UPHELD, at("2026-04-10 12:00:00"))),
        ("accelerated", 1), "2026-04-01 23:59:59", Standing.MET,
    ),
    "answered again: the term of the second answer": (
        (*REOPENED, (Fact.ANSWERED, at("2026-04-30 12:00:00"))),
        ("reopened", 1), "2026-05-05 23:59:59", Standing.MET,
    ),
    "answered again after the new appeal's term": (
        (*RESUMED, (Fact.ANSWERED, at("2026-05-05 00:00:00"))),
        ("resumed", 1), "2026-05-04 23:59:59", Standing.BREACHED,
    ),
    "disputed a second time: another ten working days": (
        (*REOPENED, (Fact.ANSWERED, at("2026-04-30 12:00:00")),
         (Fact.DISPUTED, at("2026-05-12 09:00:00"))),
        ("dispute", 2), "2026-05-26 23:59:59", Standing.RUNNING,
    ),
    "reopened a second time": (
        (*REOPENED, (Fact.ANSWERED, at("2026-04-30 12:00:00")),
         (Fact.DISPUTED, at("2026-05-12 09:00:00")), (Fact.REOPENED, at("2026-05-13 09:00:00"))),
        ("reopened", 2), "2026-05-27 23:59:59", Standing.RUNNING,
    ),
    "withdrawn while disputed: what ended last governs": (
        (*DISPUTED, (Fact.WITHDRAWN, at("2026-04-10 12:00:00"))),
        ("accelerated", 1), "2026-04-01 23:59:59", Standing.MET,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "rule", "due", "standing"), LIVES.values(), ids=LIVES)
@pytest.mark.clause(
    "tsur.practice/dispute.judging",
    "tsur.practice/dispute.mending",
    "tsur.practice/dispute.resuming",
)
def test_one_term_governs_after_the_answer(
    law: Rulebook,
    facts: tuple[Happened, ...],
    rule: tuple[str, int],
    due: str,
    standing: Standing,
) -> None:
    dues = judged(law, facts)
    assert governing(dues) == rule
    found = one(dues, *rule)
    assert (found.due_at, found.standing(facts[-1][1])) == (at(due), standing)


BY_APPEAL: dict[str, object] = {APPEALED: True}
OBJECTED = (*ANSWERED, (Fact.DISPUTED, at("2026-04-06 18:00:00"), BY_APPEAL))


@pytest.mark.clause("tsur.practice/dispute.judging", "fz59/5.4")
def test_what_a_new_appeal_disputes_has_no_term_of_practice(law: Rulebook) -> None:
    dues = judged(law, OBJECTED)
    assert [due for due in dues if due.governs or due.rule.key == "dispute"] == []
    assert one(dues, "accelerated").standing(at("2026-12-01 12:00:00")) is Standing.MET
    for end in (Fact.UPHELD, Fact.WITHDRAWN):
        assert governing(judged(law, (*OBJECTED, (end, at("2026-04-10 12:00:00"))))) == (
            "accelerated", 1,
        )  # fmt: skip


@pytest.mark.parametrize("facts", [DISPUTED, OBJECTED, REOPENED, RESUMED])
def test_the_first_verdict_stays_whatever_comes_after(
    law: Rulebook, facts: tuple[Happened, ...]
) -> None:
    late = (*facts[:2], (Fact.ANSWERED, at("2026-04-02 00:00:00")), *facts[3:])
    for life, standing in ((facts, Standing.MET), (late, Standing.BREACHED)):
        dues = judged(law, life)
        assert one(dues, "accelerated").standing(at("2027-01-01 00:00:00")) is standing
        assert one(dues, "answer").stopped_at == life[2][1]


@pytest.mark.parametrize(
    ("fact", "moment", "standing"),
    [
        (Fact.UPHELD, "2026-04-20 23:59:59", Standing.MET),
        (Fact.UPHELD, "2026-04-21 00:00:00", Standing.BREACHED),
        (Fact.REOPENED, "2026-04-21 00:00:00", Standing.BREACHED),
        (Fact.RESUMED, "2026-04-20 23:59:59", Standing.MET),
    ],
)
@pytest.mark.clause("tsur.practice/dispute.judging")
def test_a_verdict_is_late_when_it_is_late(
    law: Rulebook, fact: Fact, moment: str, standing: Standing
) -> None:
    dispute = one(judged(law, (*DISPUTED, (fact, at(moment), PROMISED))), "dispute")
    assert dispute.standing(at("2027-01-01 00:00:00")) is standing


@pytest.mark.clause("tsur.practice/dispute.judging")
def test_a_dispute_that_nobody_judges_is_breached_on_its_last_day(law: Rulebook) -> None:
    last = at("2026-04-20 23:59:59")
    dispute = one(judged(law, DISPUTED), "dispute")
    assert dispute.standing(last) is Standing.RUNNING
    assert dispute.standing(last + SECOND) is Standing.BREACHED
    assert dispute.breached_at(last + timedelta(days=200)) == last


@pytest.mark.clause("tsur.practice/dispute.mending")
def test_a_message_has_the_same_terms_after_its_answer(law: Rulebook) -> None:
    dues = judged(law, REOPENED, MESSAGE)
    assert governing(dues) == ("reopened", 1)
    assert one(dues, "reopened").due_at == at("2026-05-05 23:59:59")


@pytest.mark.clause("tsur.practice/dispute.resuming")
def test_a_resumed_case_says_whose_term_it_is(law: Rulebook) -> None:
    steps = one(judged(law, RESUMED), "resumed").steps
    assert steps[0] == "не позже срока ответа на новое обращение: 2026-05-04T23:59:59+03:00"
