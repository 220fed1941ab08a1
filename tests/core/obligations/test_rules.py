"""What is owed, reckoned without a database: which period a document is about, days by decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.law.periods import Period, Periodicity, period_of
from core.obligations.rules import KEEPER, Obligation, by_stamps
from tests.core.law.samples import clause

D = date
CITED = clause("a/1")
REPORT = Obligation("report", "отчитаться", KEEPER, CITED, Periodicity.QUARTER)
ONCE = Obligation("plan", "составить план", KEEPER, CITED, on=D(2026, 6, 30))
MARCH = D(2026, 3, 31)


@pytest.mark.parametrize(
    ("owed", "period"),
    [
        (REPORT, Period(D(2025, 10, 1), D(2026, 1, 1))),
        (replace(REPORT, inside=True), Period(D(2026, 1, 1), D(2026, 4, 1))),
        (ONCE, Period(D(2026, 6, 30), D(2026, 7, 1))),
        (replace(ONCE, on=None), None),
    ],
)
def test_the_period_that_a_document_of_a_day_is_about(
    owed: Obligation, period: Period | None
) -> None:
    assert owed.span_of(MARCH) == period


def test_a_decision_sets_the_due_day_and_never_beyond_the_next_period() -> None:
    quarter = period_of(MARCH, Periodicity.QUARTER)
    owed = REPORT.due_within(15, "приказ № 7")
    assert (owed.within, owed.ground, owed.key) == (15, "приказ № 7", "report")
    assert REPORT.last_days(quarter) == (D(2026, 6, 30), D(2026, 6, 30))
    assert owed.last_days(quarter) == (D(2026, 4, 15), D(2026, 6, 30))
    assert REPORT.due_within(500, "").last_days(quarter)[0] == D(2026, 6, 30)


def test_stamps_are_renewed_by_the_day_on_which_a_certificate_ends() -> None:
    owed = by_stamps(D(2026, 5, 4), CITED)
    assert (owed.key, owed.owner, owed.on) == ("stamps-2026-05-04", KEEPER, D(2026, 5, 4))
    day = Period(D(2026, 5, 4), D(2026, 5, 5))
    assert [*owed.spans(2026)] == [day]
    assert [*owed.spans(2027)] == []
    assert owed.last_days(day) == (D(2026, 5, 4), D(2026, 5, 4))
