"""Whether a share is higher than those of its peers beyond chance and beyond how peers differ.

By chance alone the count is hypergeometric (Fisher's exact test, one-sided). Where the peers differ
beyond chance as well, their shares are taken as beta-distributed with the additive variance between
them, and the count as beta-binomial. The larger of both chances is told: neither question is
answered by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, exp, lgamma

from core.statistics.shares import FULL, Share, pooled
from core.statistics.shrinkage import additive


def excess(own: Share, peers: Sequence[Share]) -> float:
    """The chance of so many hits or more of `own` if it is one of its peers, each of one at least.

    1 where there are no peers.
    """
    hits, of = (sum(column) for column in zip(*peers, strict=True)) if peers else (0, 0)
    if not of:
        return 1.0
    by_chance = float(hypergeometric(own, Share(hits, of)))
    spread = additive(pooled(peers)) / FULL**2
    if not spread:
        return by_chance
    # What all share, with two cases more of either kind: nobody is sure at 0.
    mean = (hits + 2) / (of + 4)
    likeness = mean * (1 - mean) / spread - 1
    if likeness <= 0:
        return 1.0
    return max(by_chance, beta_binomial(own, mean * likeness, (1 - mean) * likeness))


def hypergeometric(own: Share, others: Share) -> Fraction:
    """The chance of so many hits or more where chance alone dealt all hits out, exactly."""
    hits, of = own.hits + others.hits, own.of + others.of
    most = min(hits, own.of)
    ways = sum(comb(hits, one) * comb(of - hits, own.of - one) for one in range(own.hits, most + 1))
    return Fraction(ways, comb(of, own.of))


def beta_binomial(own: Share, alpha: float, beta: float) -> float:
    """The chance of so many hits or more where the share itself is beta-distributed."""
    whole = _log_beta(alpha, beta)
    counts = range(own.hits, own.of + 1)
    return min(
        1.0,
        sum(
            exp(_log_choose(own.of, one) + _log_beta(one + alpha, own.of - one + beta) - whole)
            for one in counts
        ),
    )


def _log_beta(alpha: float, beta: float) -> float:
    return lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)


def _log_choose(of: int, one: int) -> float:
    return lgamma(of + 1) - lgamma(one + 1) - lgamma(of - one + 1)
