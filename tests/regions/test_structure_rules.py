"""Sections 2, 3, 4 and 13 as rules: each stands by its clause and says exactly this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.kernel.codes import Authority
from core.kernel.region import Region
from core.kernel.rules import Role
from core.law.rule import Rule
from core.structure.rules import appointments, charges, directions, growth, ranks
from core.structure.rules.charges import Mandate
from tests.fixtures.tables import table

STRUCTURE = tuple(
    kind
    for module in (appointments, charges, directions, growth, ranks)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Rule) and kind.__module__ == module.__name__
)
ROWS = table("structure_rules.csv")
SAID = ("clause", "replaces", "floor", "says")
KINDS = {kind.__name__: kind for kind in STRUCTURE}


def params() -> list[Any]:
    return [
        pytest.param(
            row,
            id=f"{row['clause']}-{row['kind']}-{number}",
            marks=pytest.mark.clause(row["clause"]),
        )
        for number, row in enumerate(ROWS, start=2)
    ]


def handed(regions: Mapping[str, Region], layer: str) -> list[Rule]:
    """What a layer hands over of these kinds; the federal one is the same in every region."""
    region = regions.get(layer, regions["kursk"])
    return [rule for rule in region.rules.layers[layer].rules if type(rule) in STRUCTURE]


def said(rule: Rule) -> tuple[str, ...]:
    """By which clause, in whose place, as a floor or not, and what."""
    superseded = rule.replaces.ref if rule.replaces else ""
    return rule.clause.ref, superseded, "floor" if rule.floor else "", rule.sentence()


@pytest.mark.parametrize("row", params())
def test_the_clause_is_a_rule(regions: Mapping[str, Region], row: dict[str, str]) -> None:
    found = [
        rule
        for rule in handed(regions, row["layer"])
        if isinstance(rule, KINDS[row["kind"]]) and rule.key == row["key"]
    ]
    assert tuple(row[name] for name in SAID) in map(said, found)
    region = regions.get(row["layer"], regions["kursk"])
    roles = {Authority.COMPETENCE_CENTRE, *(role.key for role in region.rules.history(Role))}
    for rule in found:
        if isinstance(rule, Mandate):
            assert rule.body is (rule.holder not in roles), "a body it is, or a role of the centre"


def test_the_table_leaves_no_rule_out(regions: Mapping[str, Region]) -> None:
    layers = {row["layer"] for row in ROWS}
    assert layers == {"federal", *regions}
    assert len(ROWS) == sum(len(handed(regions, layer)) for layer in layers)
