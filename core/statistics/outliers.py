"""Whether a share is higher than those of its peers beyond chance and beyond how peers differ.

By chance alone the count is hypergeometric (Fisher's exact test, one-sided). Peers differ by
themselves as well: their shares are taken as beta-distributed, so that counts are beta-binomial.
How alike they are is known from them alone, so the least likeness that their likelihood does not
refuse at 99.5 % is taken. The larger of both chances is told: neither question answers the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, exp, lgamma

from core.statistics.shares import Share

ALIKE: tuple[float, ...] = tuple(2.0 ** (half / 2) for half in range(2, 22))
"""Likenesses that are tried: so many earlier cases would make a share as sure.

With fewer than two most of those who share a mean would do it nearly always or nearly never: of
many small peers without a hit the likelihood refuses not even that.
"""

REFUSED = 3.317
"""How far the logarithm of a likelihood falls where 99.5 % one-sided refuse it: 6.635 / 2."""

ASKED = 0.05
"""What chance alone makes so probable is not asked about further."""


def excess(own: Share, peers: Sequence[Share]) -> float:
    """The chance of so many hits or more of `own` if it is one of its peers, each of one at least.

    1 where there are no peers.
    """
    hits, of = (sum(column) for column in zip(*peers, strict=True)) if peers else (0, 0)
    if not of:
        return 1.0
    by_chance = float(hypergeometric(own, Share(hits, of)))
    if by_chance > ASKED:
        return by_chance
    # What all share, with two cases more of either kind: nobody is sure at 0.
    mean = (hits + 2) / (of + 4)
    likeness = _least_likeness(peers, mean)
    return max(by_chance, beta_binomial(own, mean * likeness, (1 - mean) * likeness))


def _least_likeness(peers: Sequence[Share], mean: float) -> float:
    found = [_likelihood(peers, mean * one, (1 - mean) * one) for one in ALIKE]
    least = max(found) - REFUSED
    return next(one for one, value in zip(ALIKE, found, strict=True) if value >= least)


def _likelihood(peers: Sequence[Share], alpha: float, beta: float) -> float:
    """The logarithm, but for what is the same whatever the distribution."""
    whole = _log_beta(alpha, beta)
    return sum(_log_beta(hits + alpha, of - hits + beta) - whole for hits, of in peers)


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
