"""A rule holds from the edition that brought its clause; a fact is judged by its own day (R44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.kernel.acts.federal import RU_1844
from core.law.fault import LawError
from tests.core.law.samples import Term, clause

TURN, LATER, END = date(2022, 2, 26), date(2023, 1, 1), date(2024, 1, 1)
LIMITED = replace(clause("a/1"), introduced=TURN, repealed=END)


@pytest.mark.parametrize(
    ("on", "act"),
    [
        (date(2020, 11, 16), None),
        (date(2022, 2, 25), None),
        (date(2022, 2, 26), "№ 251"),
        (date(2022, 12, 14), "№ 251"),
        (date(2022, 12, 15), "№ 2306"),
        (date(2026, 3, 2), "№ 2091"),
    ],
)
def test_the_wording_of_a_day(on: date, act: str | None) -> None:
    edition = RU_1844.edition(on)
    assert (edition and edition.act) == act


def test_a_rule_holds_as_long_as_its_clause() -> None:
    rule = Term("answer", days=30, clause=LIMITED)
    assert (rule.since, rule.until) == (TURN, END)
    assert (LIMITED.holds(date(2022, 2, 25)), LIMITED.holds(TURN), LIMITED.holds(END)) == (
        False,
        True,
        False,
    )


def test_a_rule_may_hold_for_a_part_of_that_time() -> None:
    rule = Term("answer", days=30, clause=LIMITED, since=LATER, until=date(2023, 6, 1))
    assert (rule.since, rule.until) == (LATER, date(2023, 6, 1))


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2022, 2, 25), None), (None, date(2024, 1, 2)), (date(2020, 1, 1), date(2025, 1, 1))],
)
def test_a_rule_that_outlasts_its_clause_stops_the_start(
    since: date | None, until: date | None
) -> None:
    with pytest.raises(LawError, match=r"a/1 .* в эти дни не действует"):
        Term("answer", days=30, clause=LIMITED, since=since, until=until)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"clause": "a/1"}, "поле clause: нужно Clause, дано 'a/1' (str)"),
        ({"clause": None}, "поле clause: нужно Clause, дано None (NoneType)"),
        ({"clause": LIMITED, "since": "2023-01-01"}, "поле since: нужно date | None"),
    ],
)
def test_a_clause_and_days_of_another_type_are_named(given: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError) as told:
        Term("answer", days=30, **given)
    assert said in str(told.value)
