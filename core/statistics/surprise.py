"""Whether a count is unexpectedly high: quasi-Poisson after Farrington and Noufaily.

The level is a log-linear trend over the same weeks of earlier years; weeks that were outbreaks
themselves weigh less (Noufaily and others, «An improved algorithm for outbreak detection», 2013).
A count beyond chance is told by a negative binomial with the level's own dispersion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

OUTBREAK = 2.58
"""Standardised residuals over this weigh less, by their inverse square."""

STEPS = 50
CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Level:
    """What to expect of a week: the mean and how far counts are spread beyond Poisson, from 1."""

    mean: float
    dispersion: float

    def chance(self, count: int) -> float:
        """The chance of so many or more."""
        if count <= 0:
            return 1.0
        return max(0.0, 1.0 - sum(self._chances(count)))

    def _chances(self, below: int) -> Iterator[float]:
        """Of each count from 0: negative binomial, Poisson where nothing is spread further.

        Each is told by the one before it, as logarithms: of many cases none would be 0 in itself.
        """
        excess = self.dispersion - 1
        even = excess <= CLOSE
        size = 0.0 if even else self.mean / excess
        share = self.mean if even else excess / self.dispersion
        ways = -self.mean if even else -size * log(self.dispersion)
        for count in range(below):
            yield exp(ways)
            ways += log(share * (1 if even else count + size) / (count + 1))


@dataclass(frozen=True, slots=True)
class Trend:
    """A log-linear level: `intercept` and `slope` by week, and the dispersion around it."""

    intercept: float
    slope: float
    dispersion: float

    def at(self, week: float) -> Level:
        """What to expect of this week."""
        return Level(exp(self.intercept + self.slope * week), max(1.0, self.dispersion))


def trend_of(weeks: Sequence[float], counts: Sequence[int]) -> Trend | None:
    """The trend by which these counts came; None of fewer than three weeks or without any case.

    Weeks are numbered from any day. Outbreaks among them are weighed down once.
    """
    if len(weeks) < 3 or not any(counts):
        return None
    first = fitted(weeks, counts, [1.0] * len(weeks))
    return fitted(weeks, counts, weights_of(weeks, counts, first))


def fitted(weeks: Sequence[float], counts: Sequence[int], weights: Sequence[float]) -> Trend:
    """The weighted quasi-Poisson fit, by iterated least squares; dispersion by Pearson's."""
    centre = sum(weeks) / len(weeks)
    moved = [week - centre for week in weeks]
    total = sum(w * count for w, count in zip(weights, counts, strict=True))
    level, slope = log(total / sum(weights)), 0.0
    for _ in range(STEPS):
        before = level, slope
        level, slope = _step(moved, counts, weights, level, slope)
        if max(abs(level - before[0]), abs(slope - before[1])) < CLOSE:
            break
    means = [exp(level + slope * week) for week in moved]
    told = zip(weights, counts, means, strict=True)
    pearson = sum(w * (count - mean) ** 2 / mean for w, count, mean in told)
    return Trend(level - slope * centre, slope, pearson / (len(weeks) - 2))


def _step(
    weeks: Sequence[float],
    counts: Sequence[int],
    weights: Sequence[float],
    level: float,
    slope: float,
) -> tuple[float, float]:
    """One of Newton's: the score by the information."""
    a = b = c = up = along = 0.0
    for week, count, weight in zip(weeks, counts, weights, strict=True):
        mean = exp(level + slope * week)
        heavy, away = weight * mean, weight * (count - mean)
        a, b, c = a + heavy, b + heavy * week, c + heavy * week * week
        up, along = up + away, along + away * week
    spread = a * c - b * b
    if spread <= 0:
        return level + up / a, slope
    return level + (c * up - b * along) / spread, slope + (a * along - b * up) / spread


def weights_of(weeks: Sequence[float], counts: Sequence[int], trend: Trend) -> list[float]:
    """One for usual weeks, less for outbreaks; they add up to the number of weeks."""
    spread = max(1.0, trend.dispersion)
    raw = []
    for week, count in zip(weeks, counts, strict=True):
        mean = exp(trend.intercept + trend.slope * week)
        # Anscombe's residual of a Poisson count, without the leverage.
        away = 1.5 * (count ** (2 / 3) - mean ** (2 / 3)) / (mean ** (1 / 6) * sqrt(spread))
        raw.append(away**-2 if away > OUTBREAK else 1.0)
    return [weight * len(raw) / sum(raw) for weight in raw]
