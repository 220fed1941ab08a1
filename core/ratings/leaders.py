"""Whether who leads leads by the weights alone: they are varied, the same way at every run."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from core.ratings.quarter import written
from core.ratings.standings import Standings

RUNS, SWAY = 1_000, 0.25
"""So often each weight is moved by up to a quarter of itself."""


def lead(found: Standings, group: str) -> Fraction:
    """In which part of the runs the first of the group is surpassed by nobody.

    Chance is that of the method's edition and the period, so the same rating says the same.
    """
    rows = [
        [one.scaled for one in entry.contributions if one.scaled is not None]
        for entry in found.of(group)
    ]
    weights = [one.weight for one in found.method.criteria if one.weight]
    return lead_share(rows, weights, f"{found.method.edition}/{written(found.quarter)}")


def lead_share(rows: Sequence[Sequence[Fraction]], weights: Sequence[int], seed: str) -> Fraction:
    """The same of rows of scores by criteria, at least one, the leader's first.

    Only who is better by some criterion can surpass it.
    """
    first, *others = rows
    gaps = [[own - theirs for own, theirs in zip(first, row, strict=True)] for row in others]
    rivals = [[float(gap) for gap in row] for row in gaps if min(row) < 0]
    if not rivals:
        return Fraction(1)
    rng = Random(seed)
    led = 0
    for _ in range(RUNS):
        moved = [weight * (1 + rng.uniform(-SWAY, SWAY)) for weight in weights]
        led += all(_ahead(row, moved) for row in rivals)
    return Fraction(led, RUNS)


def _ahead(gaps: Sequence[float], weights: Sequence[float]) -> bool:
    return sum(gap * weight for gap, weight in zip(gaps, weights, strict=True)) >= 0
