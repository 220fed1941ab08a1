"""A floor gives way to a rule that asks less only where the kind lets it and the rule admits it."""

from __future__ import annotations

from datetime import date

import pytest

from core.law.fault import LawError
from core.law.merge import RuleConflict
from core.law.rulebook import compile_rulebook
from tests.core.law.samples import Advice, Term, clause, layers

NEW = date(2024, 6, 1)

FLOOR = clause("a/1")


def advice(days: int, *, admits: bool = True, names: bool = True) -> Advice:
    replaces = FLOOR if names else None
    return Advice("x", days, clause=clause("b/1"), replaces=replaces, below_floor=admits)


def test_a_rule_that_admits_to_be_below_stands_in_the_floor_s_place() -> None:
    floor = Advice("x", 10, clause=FLOOR, floor=True)
    law = compile_rulebook(layers((floor,), (advice(20),)))
    assert law.get(Advice, "x", NEW).days == 20
    assert (advice(20).undercuts(floor), advice(10).undercuts(floor)) == (True, False)


@pytest.mark.parametrize(("admits", "names"), [(False, True), (True, False), (False, False)])
def test_without_the_admission_or_the_clause_it_stops_the_start(admits: bool, names: bool) -> None:
    floor = Advice("x", 10, clause=FLOOR, floor=True)
    with pytest.raises(RuleConflict, match="это минимум"):
        compile_rulebook(layers((floor,), (advice(20, admits=admits, names=names),)))


def test_a_kind_that_is_not_lowerable_admits_nothing() -> None:
    floor = Term("x", days=10, clause=FLOOR, floor=True)
    looser = Term("x", days=20, clause=clause("b/1"), replaces=FLOOR, below_floor=True)
    with pytest.raises(RuleConflict, match="это минимум"):
        compile_rulebook(layers((floor,), (looser,)))


@pytest.mark.parametrize("floor", [True, False])
def test_an_admission_of_what_is_not_so_stops_the_start(floor: bool) -> None:
    """Neither no less than the floor, nor less than what is no floor."""
    days = 5 if floor else 20
    earlier = Advice("x", 10, clause=FLOOR, floor=floor)
    with pytest.raises(LawError, match="признаёт, что ниже минимума, но минимума над ним нет"):
        compile_rulebook(layers((earlier,), (advice(days),)))
