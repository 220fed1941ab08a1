"""From when an offence that was noted late is to be sent on: by what brought its facts (8 ч. 3)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.offences import BROUGHT_BY, by_what_brought_them

RECEIVED, REGISTERED, TOLD, ADDED = (
    Fact.RECEIVED, Fact.REGISTERED, Fact.OFFENCE_TOLD, Fact.SUPPLEMENTED,
)  # fmt: skip


def course(*facts: tuple[Fact, int]) -> list[Entry]:
    return [
        Entry(seq, fact, datetime(2026, 3, day, 12, tzinfo=UTC))
        for seq, (fact, day) in enumerate(facts, start=1)
    ]


@pytest.mark.clause("fz59/11.1", "fz59/8.3")
@pytest.mark.parametrize(
    ("facts", "days", "by"),
    [
        ([(RECEIVED, 1), (REGISTERED, 2), (TOLD, 9)], [2], [REGISTERED]),
        ([(RECEIVED, 1), (REGISTERED, 2), (TOLD, 2)], [2], [None]),
        ([(REGISTERED, 2), (ADDED, 6), (TOLD, 9)], [6], [ADDED]),
        ([(REGISTERED, 2), (TOLD, 4), (ADDED, 6), (TOLD, 9)], [2, 6], [REGISTERED, ADDED]),
        ([(REGISTERED, 2), (REGISTERED, 8), (TOLD, 9)], [8], [REGISTERED]),
    ],
)
def test_the_days_run_from_what_brought_the_facts(
    facts: list[tuple[Fact, int]], days: list[int], by: list[Fact | None]
) -> None:
    told = [one for one in by_what_brought_them(course(*facts)) if one.fact is TOLD]
    assert [one.at.day for one in told] == days
    assert [one.data.get(BROUGHT_BY) for one in told] == by
