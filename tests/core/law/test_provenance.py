"""Which file a rule came from, whatever days the merge has left it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.law.merge import Layer
from core.law.provenance import file_of
from tests.core.law.samples import Term, clause

FIRST, SECOND = (Term("term", days=days, clause=clause("a/1")) for days in (3, 5))
ELSEWHERE = replace(SECOND, clause=clause("b/1"))
LAYERS = [
    Layer("a", (FIRST,), files=("a/law.py:3",)),
    Layer("b", (ELSEWHERE,), files=("b/law.py:9",)),
]


def test_the_file_of_a_rule_is_that_of_its_kind_key_and_clause() -> None:
    assert file_of(FIRST, LAYERS) == "a/law.py:3"
    assert file_of(replace(ELSEWHERE, until=date(2026, 1, 1)), LAYERS) == "b/law.py:9"


def test_what_no_layer_handed_over_has_no_file() -> None:
    assert file_of(replace(FIRST, key="other"), LAYERS) == ""
    assert file_of(FIRST, []) == ""
