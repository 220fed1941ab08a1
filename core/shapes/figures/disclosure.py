"""What may be told of a count to those who may not see what is counted.

A count below ten is not told, another is told to the nearest five: of the first ten values stay
possible, of the second three at least. That holds as long as no published count is the sum of
others: seven counts of nine beside their total of 63, told as 65, are all known.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from core.shapes.figures.marks import Cell, CellMark

LEAST_TOLD, STEP, LEAST_FOR_MEDIAN = 10, 5, 30


def told_count(count: int) -> Cell:
    """A count as it is published; none at all is hidden as well."""
    if count < LEAST_TOLD:
        return Cell(None, None, CellMark.HIDDEN)
    rounded = (count + STEP // 2) // STEP * STEP
    return Cell(Fraction(rounded), rounded, CellMark.VALUE)


def least_told(count: int) -> int:
    """The least count, not under this one, that is published as another than the one before it."""
    return next(one for one in itertools.count(count) if told_count(one) != told_count(one - 1))


def told_median(median: int | None, count: int) -> Cell:
    """A median of so many cases as it is published; too few or hidden ones tell none."""
    cases = told_count(count).cases
    if count < LEAST_FOR_MEDIAN:
        return Cell(None, cases, CellMark.TOO_FEW)
    if median is None:
        return Cell(None, cases, CellMark.MISSING)
    return Cell(Fraction(median), cases, CellMark.VALUE if median else CellMark.ZERO)
