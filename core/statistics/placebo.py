"""Whether a measure helped: its effect beside what would be found where nothing was done."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

LEAST_PLACEBOS = 20


def placebo_chance(effect: float, placebos: Sequence[float]) -> Fraction | None:
    """The chance of so deep a drop without any measure; None where it cannot be told.

    `effect` is the change after the measure, below 0 for a drop, `placebos` the same reckoned for
    each municipality where there was none: under LEAST_PLACEBOS of them nothing can be said.
    """
    if len(placebos) < LEAST_PLACEBOS:
        return None
    as_deep = sum(one <= effect for one in placebos)
    return Fraction(1 + as_deep, 1 + len(placebos))


def before_level(count: int, periods: int, peer_mean: float, peer_variance: float) -> float:
    """The level before a measure by empirical Bayes: cases a period, drawn to that of the peers.

    Gamma-Poisson: a peak that made the place be chosen is in part chance, and would fall anyway.
    `peer_mean` and `peer_variance` are of the peers' true levels a period.
    """
    if peer_variance <= 0:
        return peer_mean
    rate = peer_mean / peer_variance
    return (peer_mean * rate + count) / (rate + periods)
