"""What a published count leaves possible, and why no published count is a sum of others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from core.shapes.figures.disclosure import told_count, told_median
from core.shapes.figures.marks import Cell, CellMark, cell

COUNTS = range(300)
HIDDEN = Cell(None, None, CellMark.HIDDEN)


def behind(shown: Cell) -> list[int]:
    """The counts that are published so."""
    return [count for count in COUNTS if told_count(count) == shown]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20)]
)
def test_a_count_is_hidden_or_rounded(count: int, shown: int | None) -> None:
    told = told_count(count)
    assert (told.value, told.cases) == (shown, shown)
    assert told.mark is (CellMark.HIDDEN if shown is None else CellMark.VALUE)


def test_three_counts_at_least_stay_possible() -> None:
    assert behind(HIDDEN) == [*range(10)]
    assert behind(told_count(10)) == [10, 11, 12]
    assert all(len(behind(told_count(count))) >= 3 for count in COUNTS[:290])


@pytest.mark.parametrize(
    ("median", "count", "told"),
    [
        (4, 30, Cell(Fraction(4), 30, CellMark.VALUE)),
        (0, 33, Cell(Fraction(0), 35, CellMark.ZERO)),
        (4, 29, Cell(None, 30, CellMark.TOO_FEW)),
        (4, 7, Cell(None, None, CellMark.TOO_FEW)),
        (None, 40, Cell(None, 40, CellMark.MISSING)),
    ],
)
def test_a_median_needs_thirty(median: int | None, count: int, told: Cell) -> None:
    assert told_median(median, count) == told


@pytest.mark.parametrize(
    ("value", "cases", "provisional", "mark"),
    [
        (Fraction(3), 5, False, CellMark.VALUE),
        (Fraction(0), 5, False, CellMark.ZERO),
        (None, 5, False, CellMark.MISSING),
        (None, 0, False, CellMark.NOT_APPLICABLE),
        (Fraction(3), 5, True, CellMark.PROVISIONAL),
        (None, 5, True, CellMark.MISSING),
    ],
)
def test_marks(value: Fraction | None, cases: int, provisional: bool, mark: CellMark) -> None:
    assert cell(value, cases, provisional=provisional) == Cell(value, cases, mark)


def left(cells: Sequence[int], total: int) -> list[list[int]]:
    """What an attacker finds possible of each count, told them all and their total."""
    ranges = [behind(told_count(one)) for one in cells]
    totals = behind(told_count(total))
    low, high = sum(min(one) for one in ranges), sum(max(one) for one in ranges)
    return [
        [v for v in one if totals[0] <= v + high - max(one) and v + low - min(one) <= totals[-1]]
        for one in ranges
    ]


def test_a_total_beside_its_counts_would_tell_them() -> None:
    """The attack on a rule of thresholds: why the list has one cut, and months that do not meet."""
    assert left([9] * 7, 63) == [[9]] * 7
    assert left([9, 9], 18) == [[9], [9]]
    assert left([9] * 6, 54)[0] == [8, 9]
    assert all(len(one) >= 3 for one in left([4, 12, 31], 47))
