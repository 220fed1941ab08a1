"""Scores of several subjects beside each other: how far they differ beyond chance.

The additive variance is Spiegelhalter's («Handling over-dispersion of performance indicators»,
2005); the shrunken score is the empirical Bayes mean of a normal model with that variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from statistics import median

WINSORISED = 0.1


@dataclass(frozen=True, slots=True)
class Score:
    """A score on the scale of its method, and its standard error, above 0."""

    value: float
    error: float

    @property
    def precision(self) -> float:
        """One by its variance."""
        return self.error**-2


@dataclass(frozen=True, slots=True)
class Shrunken:
    """A score drawn to the mean of the peers: `weight` of 0..1 is that of its own evidence."""

    raw: float
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Peers:
    """What subjects have in common: their mean and the variance between them beyond chance."""

    mean: float
    variance: float
    rankability: float

    def shrunken(self, score: Score) -> Shrunken:
        """The score as it is best guessed in the company of its peers."""
        weight = self.variance / (self.variance + score.error**2)
        return Shrunken(score.value, self.mean + weight * (score.value - self.mean), weight)


def peers_of(scores: Sequence[Score], tails: float = WINSORISED) -> Peers:
    """The peers' mean, variance and rankability: which part of the variance is no chance.

    At least one score.
    """
    variance = additive(scores, tails)
    weights = [1 / (score.error**2 + variance) for score in scores]
    mean = _mean(scores, weights)
    noise = median(score.error**2 for score in scores)
    return Peers(mean, variance, variance / (variance + noise))


def additive(scores: Sequence[Score], tails: float = WINSORISED) -> float:
    """Spiegelhalter's additive variance, the outer `tails` of the standardised scores drawn in."""
    if len(scores) < 2:
        return 0.0
    weights = [score.precision for score in scores]
    mean = _mean(scores, weights)
    standard = winsorised([(score.value - mean) / score.error for score in scores], tails)
    surplus = sum(one**2 for one in standard) - (len(scores) - 1)
    spread = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    return max(0.0, surplus / spread)


def winsorised(values: Sequence[float], tails: float) -> list[float]:
    """The values, those in either tail replaced by the nearest that is in none."""
    ranked, outer = sorted(values), floor(tails * len(values))
    low, high = ranked[outer], ranked[-1 - outer]
    return [min(max(value, low), high) for value in values]


def between_periods(periods: Sequence[Sequence[Score]], tails: float = WINSORISED) -> float:
    """The variance that subjects show between periods beyond chance: a row of scores for each.

    The median over the subjects that have two periods at least; 0 where none has.
    """
    told = [additive(row, tails) for row in periods if len(row) > 1]
    return median(told) if told else 0.0


def widened(scores: Sequence[Score], variance: float) -> list[Score]:
    """The scores, as little certain as one period is for the next."""
    return [Score(score.value, sqrt(score.error**2 + variance)) for score in scores]


def _mean(scores: Sequence[Score], weights: Sequence[float]) -> float:
    told = zip(scores, weights, strict=True)
    return sum(score.value * weight for score, weight in told) / sum(weights)
