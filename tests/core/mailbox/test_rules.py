"""The term in which a person says what a letter is, as a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.kernel.acts.federal import PRACTICE
from core.law.rulebook import Rulebook
from core.mailbox.rules import LetterTerm
from core.shapes.deadlines.rules import Unit

TERM = LetterTerm("unsaid", 1, Unit.WORKING_DAYS, clause=PRACTICE.cite("letters.unsaid"))


@pytest.mark.clause("tsur.practice/letters.unsaid")
def test_it_is_one_working_day_and_says_so(law: Rulebook) -> None:
    rule = law.get(LetterTerm, "unsaid", date(2026, 3, 2))
    assert (rule.length, rule.unit, rule.clause.ref) == (1, Unit.WORKING_DAYS, TERM.clause.ref)
    assert rule.sentence() == (
        "за 1 рабочий день определяют, что это: дополнение, новое обращение или благодарность; "
        "иначе письмо регистрируется как обращение"
    )


@pytest.mark.parametrize(
    ("other", "holds"),
    [
        (replace(TERM, length=1), True),
        (replace(TERM, length=2), True),
        (replace(TERM, length=0), False),
        (replace(TERM, length=2, unit=Unit.CALENDAR_DAYS), False),
    ],
)
def test_a_region_may_shorten_it(other: LetterTerm, holds: bool) -> None:
    assert TERM.no_looser_than(other) is holds
