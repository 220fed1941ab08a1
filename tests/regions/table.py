"""Rows of the regulation tables: one rule that a clause orders, and what it must say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.law.rule import Rule
from core.law.rulebook import Rulebook

REGIONS = ("murmansk", "kursk", "mari_el", "chelyabinsk")
DAY = date(2026, 3, 2)


def row(ref: str, kind: type[Rule], key: str, /, **expected: Any) -> Any:
    """A row for `parametrize`, marked with the clause that its rule must cite."""
    name = f"{ref}-{kind.__name__}-{key}"
    return pytest.param(ref, kind, key, expected, id=name, marks=pytest.mark.clause(ref))


def check(rules: Rulebook, ref: str, kind: type[Rule], key: str, expected: dict[str, Any]) -> None:
    """The rule stands on DAY by this clause and says exactly this."""
    rule = rules.get(kind, key, DAY, municipality=expected.get("municipality"))
    assert rule.clause.ref == ref
    assert {name: getattr(rule, name) for name in expected} == expected
