"""Exact arithmetic of figures: nothing counted is zero, nothing to divide by is nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.shapes.figures.rules import amount, mean, median_days, percent

F = Fraction


@pytest.mark.parametrize(("count", "value"), [(5, F(5)), (0, F(0)), (None, F(0))])
def test_an_amount(count: int | None, value: Fraction) -> None:
    assert amount(count) == value


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [(1, 3, F(100, 3)), (None, 3, F(0)), (0, 3, F(0)), (1, 0, None), (1, None, None)],
)
def test_a_percentage(part: int | None, whole: int | None, value: Fraction | None) -> None:
    assert percent(part, whole) == value


@pytest.mark.parametrize(
    ("total", "count", "value"),
    [(7, 2, F(7, 2)), (None, 2, F(0)), (7, 0, None), (7, None, None)],
)
def test_a_mean(total: int | None, count: int | None, value: Fraction | None) -> None:
    assert mean(total, count) == value


@pytest.mark.parametrize(
    ("seconds", "middles", "value"),
    [(86_400, 1, F(1)), (3 * 86_400, 2, F(3, 2)), (None, 1, F(0)), (86_400, 0, None)],
)
def test_a_median_in_days(seconds: int | None, middles: int | None, value: Fraction | None) -> None:
    assert median_days(seconds, middles) == value
