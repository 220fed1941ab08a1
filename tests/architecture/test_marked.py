"""How a clause is broken to see whether its tests notice: its rule, or what carries it out."""

from __future__ import annotations

from datetime import date, time

import pytest

from core.appeals.rules.lifecycle import State
from core.law.merge import Layer
from core.law.predicate import Predicate
from tests.core.law.samples import Term, act, clause
from tests.mutants.broken import DROPPED, broken, changeable, other
from tests.mutants.functions import mutants, nothing

CODE = '''
async def served(work, limit=None):
    """Its words."""
    if work.done:
        raise ValueError("done")
    _check(work, strict=True)
    await work.write(limit=limit)
    return 1 < limit

def _check(work, strict):
    return [one for one in work if one not in strict]

def another(work):
    return 2
'''
CHANGES = [
    ("served", "условие наоборот"),
    ("served", "без отказа"),
    ("served", "без _check(work, strict=True)"),
    ("served", "не то значение"),
    ("served", "без await work.write(limit=limit)"),
    ("served", "без limit"),
    ("served", "сравнение наоборот"),
    ("served", "другое число"),
    ("_check", "сравнение наоборот"),
]


def test_a_function_is_broken_in_each_of_its_places_and_of_those_it_calls() -> None:
    found = list(mutants(CODE, "served"))
    assert [tuple(said.rpartition(", строка")[0].split(": ", 1)) for said, _ in found] == CHANGES
    assert len({text for _, text in found}) == len(CHANGES)
    for _, text in found:
        compile(text, "served.py", "exec")
    turned, unrefused, unchecked, *_ = (text for _, text in found)
    assert "if not work.done:" in turned
    assert "raise" not in unrefused
    assert "_check(work, strict" not in unchecked.split("def _check")[0]


def test_the_last_resort_does_nothing() -> None:
    said, text = nothing(CODE, "another")
    assert said == "another: ничего не делает"
    assert "return None" in text
    assert "return 2" not in text


@pytest.mark.parametrize(
    ("value", "changed"),
    [
        (True, False),
        (3, 4),
        ("срок", "срок иначе"),
        ("", None),
        (State.RECEIVED, State.QUEUED),
        (State.DISPUTED, State.RECEIVED),
        (frozenset({"b", "a"}), frozenset({"b"})),
        (frozenset(), None),
        (("a", "b"), ("a",)),
        (date(2026, 3, 1), date(2026, 3, 2)),
        (time(23, 30), time(0, 30)),
        (None, None),
    ],
)
def test_another_value_of_the_kind(value: object, changed: object) -> None:
    assert other(value) == changed


def always(number: int) -> bool:
    return True


def test_a_condition_never_holds() -> None:
    assert other(Predicate("always", 1, always)).judge(3) is False


def test_one_rule_of_the_law_is_changed_or_taken_away() -> None:
    term, twin = Term("x", clause=clause("a/1"), days=5), Term("y", clause=clause("a/1"), days=5)
    law = [Layer("a", (term, twin), (act("a"),))]
    assert changeable(term) == ["days"]
    (changed,) = broken(law, "a/1", "Term", "x", "days")
    assert [(rule.key, getattr(rule, "days", 0)) for rule in changed.rules] == [("x", 6), ("y", 5)]
    (left,) = broken(law, "a/1", "Term", "x", DROPPED)
    assert left.rules == (twin,)
    assert broken(law, "a/2", "Term", "x", "days")[0].rules == (term, twin)
