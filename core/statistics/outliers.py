"""Whether a share is higher than those of its peers beyond chance and beyond how peers differ.

Peers differ by themselves: their shares are taken as beta-distributed, so that counts are
beta-binomial. Neither their usual share nor how alike they are is known but from their counts, so
the chance told is the mean over all that may be, each as likely as it makes these counts. Of few
hits little is known of likeness: what other counts of these peers say of it is expected of this one
too (`expected_by`). A peer
may stand out itself: then its share may be anything. So a few who do the same do not hide each
other, and nobody who has one case or two makes all look different.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, lgamma, log
from operator import mul
from typing import NamedTuple

from core.statistics.shares import Share

STRANGE = 0.012
"""How probable it is of any peer, before one looks, that it stands out."""

LOGITS, LIKES = (-8.0, 8.0), (1.0, 10.0)
"""Between which the logarithm of the usual odds is sought, and that of likeness to the base of two.

Likeness is how many earlier cases would make a share as sure.
"""

COARSE, FINE, PROFILE = (25, 4), (13, 7), (17, 10)
"""Of how many points either is looked at, first everywhere and then where it is likely."""

UNLIKELY = 12.0
"""What is less likely by this logarithm is not looked at."""


class Expected(NamedTuple):
    """Which likeness is expected before one looks, as its logarithm, and how far it may be off."""

    usual: float = 4.5
    within: float = 1.0


ANY = Expected()
NOTHING = Expected(within=inf)


@dataclass(frozen=True, slots=True)
class Spread:
    """A beta distribution that may be that of the peers' shares.

    `told` is the logarithm of how likely it is by all counts, `each` what each count adds to it.
    """

    alpha: float
    beta: float
    told: float
    each: Mapping[Share, float]


Profile = Sequence[float]
"""How likely counts are by each likeness of PROFILE."""


def profile_of(shares: Sequence[Share]) -> Profile:
    """What these counts say of likeness, whatever their usual share is.

    The highest share is left out: who stands out by one count may do so by all.
    """
    known = Counter(sorted(shares, key=lambda one: one.hits / one.of)[:-1])
    logits, likes = (
        _even(*ends, points) for ends, points in zip((LOGITS, LIKES), PROFILE, strict=True)
    )
    told = [[_spread(known, logit, like, NOTHING).told for logit in logits] for like in likes]
    most = max(max(row) for row in told)
    return [sum(exp(one - most) for one in row) for row in told]


def expected_by(profiles: Sequence[Profile]) -> Expected:
    """What is expected of one count, by what others of the same peers say; of none ANY."""
    if not profiles:
        return ANY
    likes = _even(*LIKES, PROFILE[1])
    middles = _even(*LIKES, 4 * PROFILE[1])
    told = [-(((middle - ANY.usual) / ANY.within) ** 2) / 2 for middle in middles]
    for at, middle in enumerate(middles):
        near = [exp(-(((like - middle) / ANY.within) ** 2) / 2) for like in likes]
        for profile in profiles:
            told[at] += log(sum(map(mul, near, profile)) / sum(near))
    weights = _weights(told)
    return Expected(sum(map(mul, middles, weights)) / sum(weights))


def excesses(
    shares: Sequence[Share], asked: Sequence[int], expected: Expected = ANY
) -> list[float]:
    """For each of these places, the chance of so many hits or more if it is one of the others.

    Shares are of one at least.
    """
    known = Counter(shares)
    rough = [_even(*ends, points) for ends, points in zip((LOGITS, LIKES), COARSE, strict=True)]
    grid = [[_spread(known, logit, like, expected) for like in rough[1]] for logit in rough[0]]
    least = max(one.told for row in grid for one in row) - UNLIKELY
    rows = [at for at, row in enumerate(grid) if any(one.told > least for one in row)]
    columns = [at for at in range(len(rough[1])) if any(row[at].told > least for row in grid)]
    logits, likes = (
        _even(values[max(kept[0] - 1, 0)], values[min(kept[-1] + 1, len(values) - 1)], points)
        for values, kept, points in zip(rough, (rows, columns), FINE, strict=True)
    )
    spreads = [_spread(known, logit, like, expected) for logit in logits for like in likes]
    return [_chance(shares[place], spreads) for place in asked]


def _even(low: float, high: float, points: int) -> list[float]:
    return [low + (high - low) * point / (points - 1) for point in range(points)]


def _spread(known: Mapping[Share, int], logit: float, like: float, expected: Expected) -> Spread:
    mean, likeness = 1 / (1 + exp(-logit)), 2**like
    alpha, beta = mean * likeness, (1 - mean) * likeness
    off = (like - expected.usual) / expected.within
    before = log(mean * (1 - mean)) / 2 - off**2 / 2  # Jeffreys; normal
    whole = _log_beta(alpha, beta)
    each = {}
    for one in known:
        fair = exp(_ways(one) + _log_beta(one.hits + alpha, one.of - one.hits + beta) - whole)
        each[one] = log((1 - STRANGE) * fair + STRANGE / (one.of + 1))
    return Spread(alpha, beta, before + sum(many * each[one] for one, many in known.items()), each)


def _chance(own: Share, spreads: Sequence[Spread]) -> float:
    """By the others alone: what the count itself has told is taken away."""
    told = [one.told - one.each[own] for one in spreads]
    weights = _weights(told)
    chances = (
        weight * beta_binomial(own, one.alpha, one.beta)
        for one, weight in zip(spreads, weights, strict=True)
        if weight > exp(-UNLIKELY)
    )
    return min(1.0, sum(chances) / sum(weights))


def _weights(told: Sequence[float]) -> list[float]:
    """How likely each is beside the likeliest, by the logarithms."""
    most = max(told)
    return [exp(one - most) for one in told]


def beta_binomial(own: Share, alpha: float, beta: float) -> float:
    """The chance of so many hits or more where the share itself is beta-distributed."""
    hits, of = own
    if hits * beta < (of - hits) * alpha:  # below the mean: what is summed must not vanish
        return 1.0 - beta_binomial(Share(of - hits + 1, of), beta, alpha) if hits else 1.0
    return min(1.0, sum(_from(own, alpha, beta)))


def _from(own: Share, alpha: float, beta: float) -> Iterator[float]:
    """The chances of so many hits, of one more, and so on."""
    hits, of = own
    own_beta = _log_beta(hits + alpha, of - hits + beta)
    chance = exp(_ways(own) + own_beta - _log_beta(alpha, beta))
    for many in range(hits, of):
        yield chance
        chance *= (of - many) * (many + alpha) / ((many + 1) * (of - many - 1 + beta))
    yield chance


@lru_cache(maxsize=4096)
def _ways(own: Share) -> float:
    """The logarithm of in how many ways so many hits are so many of all."""
    hits, of = own
    return lgamma(of + 1) - lgamma(hits + 1) - lgamma(of - hits + 1)


def _log_beta(alpha: float, beta: float) -> float:
    return lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)
