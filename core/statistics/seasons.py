"""What to expect of a stretch of time by weeks beside it: a level for every cell of a table.

After Farrington and Noufaily, with three things for cells of few cases: the cells of one group
share their spread, a level drawn from few weeks is itself unsure, and the growth is that of all
other cells together; a cell has a trend of its own from `YEARS` earlier years on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log
from operator import mul
from statistics import median
from typing import Generic, TypeVar

from core.statistics.surprise import Level, Trend, trend_of, weights_of

YEARS = 3
"""Weeks of so many earlier years tell a trend; of fewer it would be two points."""

WIDER = 1.6
"""A cell is spread more than its group from so many times on: a score of weeks shows less by chance
in nineteen cases of twenty."""

SURE = 1.96
"""Standard deviations from which a slope is taken for one."""

HALF = 0.5
"""What the weeks had is taken to be so much more (Jeffreys): none is no proof of none."""

MAD = 1.4826
"""Times the median distance from the median, a standard deviation."""

CLEAR = 2
"""Weeks are weighed down as outbreaks beyond so many times the usual variance: counts are skew."""

FAR = 3
"""A cell spread so many times more than its group is left out when the group's spread is told."""

REMEMBERED = 10_000
"""Weeks that are over keep their counts: what they tell is reckoned once, not for every case."""

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Seen(Generic[K]):
    """A cell: `now` is its count over the stretch, `before` those of the weeks beside it."""

    group: K
    now: int
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all cells have in common: the stretch is so many weeks long and begins at week 0.

    `weeks` are the numbers of those beside it, each below 0; `years` how many earlier years they
    are of, 0 where they come right before the stretch.
    """

    length: float
    weeks: tuple[float, ...]
    years: int


def levels(cells: Mapping[K, Seen[K]], frame: Frame) -> dict[K, Level]:
    """What to expect of every cell over the whole stretch; there is at least one week."""
    every = sum(one.now for one in cells.values())
    before = sum(sum(one.before) for one in cells.values())
    shared = _shared(cells.values())
    found = {}
    for key, one in cells.items():
        steady = _steady(one.before, shared[one.group])
        own = _own_trend(one, frame, steady.dispersion)
        rest = every - one.now, before - sum(one.before)
        found[key] = own or _grown(steady, _growth(*rest, frame), frame)
    return found


def _shared(cells: Iterable[Seen[K]]) -> dict[K, float]:
    """The spread of each group, from 1: the variances of its cells together by their means.

    Cells that are spread far more than the group are outbreaks and not asked.
    """
    told = dict[K, list[tuple[float, float]]]()
    for one in cells:
        told.setdefault(one.group, []).append(_moments(one.before))
    found = {}
    for group, some in told.items():
        most = FAR * _ratio(some)
        found[group] = max(1.0, _ratio([one for one in some if one[0] <= most * one[1]]))
    return found


def _ratio(moments: Sequence[tuple[float, float]]) -> float:
    total = sum(mean for _, mean in moments)
    return sum(variance for variance, _ in moments) / total if total else 1.0


def _moments(counts: Sequence[int]) -> tuple[float, float]:
    """The variance and the mean."""
    mean = sum(counts) / len(counts)
    away = sum((count - mean) ** 2 for count in counts)
    return away / max(1, len(counts) - 1), mean


@lru_cache(REMEMBERED)
def _steady(counts: tuple[int, ...], shared: float) -> Trend:
    """The level of the weeks and the spread around it, outbreaks among them weighed down once.

    Of fewer cases than weeks none is an outbreak. What is usual is told by medians, which no
    outbreak moves.
    """
    weights = [1.0] * len(counts)
    usual = _flat(counts, weights, shared)
    if sum(counts) >= len(counts):
        middle = median(counts)
        away = MAD * median(abs(count - middle) for count in counts)
        usual = replace(usual, dispersion=CLEAR * max(away**2 / max(1, middle), shared))
        usual = _flat(counts, weights_of(range(len(counts)), counts, usual), shared)
    wider = usual.dispersion > WIDER * shared
    return replace(usual, dispersion=usual.dispersion if wider else shared)


def _flat(counts: Sequence[int], weights: Sequence[float], clump: float) -> Trend:
    """`clump` is how many cases come at once, by the spread: half a clump more was possible."""
    mean = (sum(map(mul, weights, counts)) + HALF * clump) / sum(weights)
    away = sum(w * (count - mean) ** 2 for w, count in zip(weights, counts, strict=True))
    return Trend(log(mean), 0.0, away / mean / max(1, len(counts) - 1))


def _growth(now: int, before: int, frame: Frame) -> float:
    """How many times more all others have in a week; 1 where they had nothing."""
    if not now or not before:
        return 1.0
    return now / frame.length / (before / len(frame.weeks))


def _grown(steady: Trend, growth: float, frame: Frame) -> Level:
    """The level as it has grown; that it is drawn from few weeks widens it.

    Without any spread of its own that is the gamma-Poisson prediction, exactly.
    """
    share = frame.length * growth
    return Level(exp(steady.intercept) * share, steady.dispersion * (1 + share / len(frame.weeks)))


@lru_cache(REMEMBERED)
def _trend(weeks: tuple[float, ...], counts: tuple[int, ...]) -> Trend | None:
    return trend_of(weeks, counts)


def _own_trend(one: Seen[K], frame: Frame, dispersion: float) -> Level | None:
    """By the cell's own trend; None where it has none, or would go beyond all that was seen.

    One that may well be chance is none (Farrington and others, 1996): drawn out into the next year
    it would hide most hot spots.
    """
    if frame.years < YEARS or sum(one.before) < len(frame.weeks):
        return None
    trend = _trend(frame.weeks, one.before)
    if trend is None or trend.slope**2 <= SURE**2 * dispersion * _unsure(trend, frame.weeks)[1]:
        return None
    middle = (frame.length - 1) / 2
    mean = trend.at(middle).mean
    if mean > max(one.before):
        return None
    expected = mean * frame.length
    return Level(expected, dispersion * (1 + expected * _unsure(trend, frame.weeks, middle)[0]))


def _unsure(trend: Trend, weeks: Sequence[float], at: float = 0.0) -> tuple[float, float]:
    """The variances of the logarithm of the level that the trend has there, and of its slope.

    By a spread of 1.
    """
    a = b = c = 0.0
    for week in weeks:
        mean, away = exp(trend.intercept + trend.slope * week), week - at
        a, b, c = a + mean, b + mean * away, c + mean * away**2
    return c / (a * c - b * b), a / (a * c - b * b)
