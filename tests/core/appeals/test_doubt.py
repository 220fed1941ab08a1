"""What a presumed registration leaves open (R54), and conclusions that come after a given day."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.appeals.rules.lifecycle import Fact
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.test_after_the_answer import Happened, judged, one
from tests.core.appeals.test_deadlines import MESSAGE, at

DAY = at("2026-03-02 10:00:00")
PROMISE: dict[str, object] = {"promised_at": "2026-03-10T23:59:59+03:00"}
PRESUMED: tuple[Happened, ...] = (
    (Fact.RECEIVED, DAY, PROMISE),
    (Fact.REGISTERED, DAY, {"presumed": True}),
)
KNOWN: tuple[Happened, ...] = ((Fact.RECEIVED, DAY, PROMISE), (Fact.REGISTERED, DAY))


@pytest.mark.parametrize(
    ("facts", "rule", "due", "doubt"),
    [
        (PRESUMED, "answer", "2026-04-01 23:59:59", "2026-04-04 23:59:59"),
        (KNOWN, "answer", "2026-04-01 23:59:59", None),
        (PRESUMED, "accelerated", "2026-04-01 23:59:59", None),
        (PRESUMED, "promised", "2026-03-10 23:59:59", None),
    ],
    ids=["presumed: three days more", "known", "runs from the receipt", "a day was given"],
)
def test_until_when_a_term_cannot_be_told(
    law: Rulebook, facts: tuple[Happened, ...], rule: str, due: str, doubt: str | None
) -> None:
    found = one(judged(law, facts), rule)
    assert (found.due_at, found.doubt_until) == (at(due), at(doubt) if doubt else None)


@pytest.mark.parametrize(
    ("concluded", "relieved", "standing"),
    [
        (at("2026-03-10 23:59:59"), True, Standing.MET),
        (at("2026-03-11 00:00:00"), False, Standing.BREACHED),
    ],
)
def test_a_conclusion_relieves_of_a_given_day_until_it_is_past(
    law: Rulebook, concluded: datetime, relieved: bool, standing: Standing
) -> None:
    facts = (*KNOWN, (Fact.CONCLUDED, concluded))
    found = one(judged(law, facts, MESSAGE), "promised")
    assert (found.stopped_at, found.relieved) == (concluded, relieved)
    assert found.standing(at("2026-06-01 00:00:00")) is standing
