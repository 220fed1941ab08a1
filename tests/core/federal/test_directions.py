"""What the Rules give by name and no region lowers: directions of work, systems."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.rules.intake import NamedSystem
from core.law.rulebook import Rulebook
from core.structure.rules.directions import Direction

TODAY = date(2026, 3, 2)


@pytest.mark.clause("ru.1844/12.в")
def test_no_region_lowers_a_federal_direction(law: Rulebook) -> None:
    directions = law.all(Direction, TODAY)
    assert [rule.floor for rule in directions] == [True] * 4
    assert len({rule.federal for rule in directions}) == 4


@pytest.mark.parametrize(
    ("key", "purpose"),
    [
        ("portal", "взаимодействие с центром компетенций"),
        ("single-portal", "государственные и муниципальные услуги"),
    ],
)
def test_what_a_named_system_is_for(law: Rulebook, key: str, purpose: str) -> None:
    assert law.get(NamedSystem, key, TODAY).purpose == purpose
