"""A criterion weighs something exactly where one way is better."""

from __future__ import annotations

import pytest

from core.indicators.rules import Direction
from core.law.fault import LawError
from core.ratings.rules.method import Criterion, Measure
from core.ratings.rules.scales import Linear
from tests.core.law.samples import clause


def criterion(weight: int, direction: Direction | None) -> Criterion:
    measure = next(iter(Measure))
    return Criterion(
        "x", "Охват", measure, Linear(0, 100), weight, "-", "-", clause("a/1"), direction
    )


@pytest.mark.parametrize(("weight", "direction"), [(1, Direction.DOWN), (0, None)])
def test_what_fits(weight: int, direction: Direction | None) -> None:
    assert criterion(weight, direction).weight == weight


@pytest.mark.parametrize(
    ("weight", "direction"), [(0, Direction.UP), (1, None), (-1, Direction.UP), (-1, None)]
)
def test_what_does_not_fit_is_told_by_its_name(weight: int, direction: Direction | None) -> None:
    with pytest.raises(LawError) as refused:
        criterion(weight, direction)
    assert str(refused.value) == "Вес критерия «Охват» не отвечает его направлению"
