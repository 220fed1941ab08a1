"""What is the same in every rule of a kind: code, heading, names, marks, what a field is unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields
from enum import Enum
from importlib import import_module
from typing import Any

import pytest

from core.law.rule import Rule
from tests.core.tables import RULES, rows

MARKS = ("judged_apart", "located", "only_said", "names_only", "lowerable")
TABLE = {row["kind"]: row for row in rows("kinds.csv")}
KINDS = [
    kind
    for module in RULES
    for kind in vars(import_module(module)).values()
    if isinstance(kind, type) and kind.__module__ == module and issubclass(kind, Rule)
]


def shown(value: object) -> str:
    """A default as the table writes it."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, frozenset | set):
        return "{" + " ".join(sorted(map(shown, value))) + "}"
    return repr(value)


def unsaid(fields_of: Iterable[Field[Any]]) -> str:
    """What each field is where nobody says it; `?` where it must be said."""
    return "; ".join(f"{one.name}={_default(one)}" for one in fields_of)


def _default(one: Field[Any]) -> str:
    if one.default_factory is not MISSING:
        return shown(one.default_factory())
    return "?" if one.default is MISSING else shown(one.default)


def described(kind: type[Rule]) -> dict[str, str]:
    """The row of a kind; what every rule has stands in the row of `Rule` alone."""
    common = {one.name for one in fields(Rule)} if kind is not Rule else set()
    return {
        "kind": kind.__name__,
        "code": kind.code,
        "heading": kind.heading,
        "noun": kind.noun,
        "called": kind.kind_name(),
        "marks": " ".join(mark for mark in MARKS if getattr(kind, mark)),
        "fields": unsaid(f for f in fields(kind) if f.name not in common),
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_is_what_the_table_says(kind: type[Rule]) -> None:
    """A new kind is a new row of kinds.csv; the code of an old one never changes."""
    assert described(kind) == TABLE.get(kind.__name__)


def test_the_table_has_no_kind_that_is_gone() -> None:
    assert sorted(TABLE) == sorted(kind.__name__ for kind in KINDS)
