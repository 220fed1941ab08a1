"""Every federal rule that is no rule of structure: what it is called and what it says, a row each.

Rules of structure stand in tests/regions/structure_rules.csv in the same form.
"""

from __future__ import annotations

import csv
from pathlib import Path

from core.law.rulebook import Rulebook
from tests.regions.test_structure_rules import STRUCTURE

TABLE = Path(__file__).with_name("rules.csv")
COLUMNS = ("clause", "kind", "key", "floor", "since", "says")


def handed(law: Rulebook) -> list[tuple[str, ...]]:
    """The rows of the federal layer as it is, in its order."""
    return [
        (
            rule.clause.ref,
            rule.kind_name(),
            rule.key,
            "floor" if rule.floor else "",
            str(rule.since or ""),
            rule.sentence(),
        )
        for rule in law.federal.rules
        if type(rule) not in STRUCTURE
    ]


def test_federal_law_says_exactly_this(law: Rulebook) -> None:
    """Row by row: the first that differs names the rule."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        written = [tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)]
    found = handed(law)
    assert [row for row in found if row not in written] == []
    assert [row for row in written if row not in found] == []
    assert len(found) == len(written)
