"""What an attacker finds possible behind published figures: the linear audit, and a weaker rule.

A published figure is a set of base cells and how their sum is shown. The attacker knows all of them
and that counts are whole and not negative. `possible` asks a linear programme for the least and the
most of a sum; `spanned` asks the row space which sums others would tell, were all of them exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor
from typing import Any

import pytest

from core.shapes.figures.disclosure import LEAST_TOLD, STEP, told_count
from core.shapes.figures.marks import Cell

NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Told:
    """A published sum: its base cells, its true value, which the attacker has not, and its cell.

    `known` is what is told of it by other means than the cell.
    """

    cells: frozenset[int]
    true: int
    shown: Cell
    known: tuple[int, int] | None = None

    @property
    def range(self) -> tuple[int, int]:
        """What it is alone."""
        return self.known or range_of(self.shown)


def range_of(shown: Cell) -> tuple[int, int]:
    """The least and the most count that is published so."""
    if shown.cases is None:
        return 0, LEAST_TOLD - 1
    half = STEP // 2
    return max(LEAST_TOLD, shown.cases - half), shown.cases + half


def tell(cells: frozenset[int], base: Sequence[int]) -> Told:
    """The sum of these cells as it is published."""
    true = sum(base[cell] for cell in cells)
    return Told(cells, true, told_count(true))


def possible(published: Sequence[Told], size: int) -> Callable[[frozenset[int]], tuple[int, int]]:
    """The least and the most whole number that a sum may be, by all that is published."""
    from_scipy = _programme(published, size)

    def asked(cells: frozenset[int]) -> tuple[int, int]:
        low, high = (sign * from_scipy(cells, sign) for sign in (1, -1))
        return ceil(low - NEAR), floor(high + NEAR)

    return asked


def _programme(published: Sequence[Told], size: int) -> Callable[[frozenset[int], int], float]:
    numpy, sparse = pytest.importorskip("numpy"), pytest.importorskip("scipy.sparse")
    linprog = pytest.importorskip("scipy.optimize").linprog
    rows = matrix(published, size)
    both = sparse.csr_array(sparse.vstack([rows, -rows]))
    ranges = [one.range for one in published]
    bounds = numpy.array([high for _, high in ranges] + [-low for low, _ in ranges])

    def solved(cells: frozenset[int], sign: int) -> float:
        cost = numpy.zeros(size)
        cost[[*cells]] = sign
        found = linprog(cost, both, bounds, bounds=(0, 10_000), method="highs")
        assert found.status == 0, found.message
        return float(found.fun)

    return solved


def matrix(published: Sequence[Told], size: int) -> Any:
    """A row for each published sum, a column for each base cell."""
    at = [(row, cell) for row, one in enumerate(published) for cell in one.cells]
    ones = [1.0] * len(at)
    return pytest.importorskip("scipy.sparse").csr_array(
        (ones, ([r for r, _ in at], [c for _, c in at])), (len(published), size)
    )


def spanned(published: Sequence[Told], size: int) -> int:
    """How many sums are told by the others in the row space."""
    distinct = {one.cells: one for one in published}
    rows = matrix([*distinct.values()], size).toarray()
    return len(distinct) - int(pytest.importorskip("numpy").linalg.matrix_rank(rows))


def pairs_and_triples(published: Sequence[Told]) -> list[int]:
    """The weaker rule: small counts that a difference of two or three sums tells. Their values."""
    found = []
    for one in published:
        for parts in (*combinations(published, 1), *combinations(published, 2)):
            within = frozenset().union(*(part.cells for part in parts))
            apart = sum(len(part.cells) for part in parts) == len(within)
            if not (apart and within < one.cells):
                continue
            low = max(0, one.range[0] - sum(part.range[1] for part in parts))
            high = one.range[1] - sum(part.range[0] for part in parts)
            rest = one.true - sum(part.true for part in parts)
            if 0 < rest < LEAST_TOLD and high - low < 2:
                found.append(rest)
    return found
