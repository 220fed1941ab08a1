"""Whether a measure helped: one place beside all those where nothing was done.

What is expected after is the level before, drawn to that of the peers, grown as the untouched
places have. How far a place is off is reckoned of each of them the same way: the touched one is
placed among these (Abadie's placebo inference), and the months that made it be chosen are no part
of the level before, else a peak that is over would look like a success.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log, sqrt
from statistics import fmean, pvariance

from core.law.russian import Code
from core.statistics.placebo import LEAST_PLACEBOS, before_level, placebo_chance
from core.statistics.shrinkage import Score, additive

SURE = Fraction(1, 20)
"""A drop at most so probable without any measure is told as one."""

HALF = 0.5
"""What was counted and expected is taken to be so much more: none has no logarithm."""


class Verdict(Code):
    """What can be said of a measure."""

    WORKS = "works", "снижение есть, случайностью его не объяснить"
    SMALL = "small", "снижение есть, но меньше заявленного"
    NONE = "none", "снижения сверх случайного нет"
    UNTOLD = "untold", "сказать нельзя"


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases of one place over the periods before and over those after."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What was expected without the measure, what came, and the chance of so deep a drop.

    `change` is the share by which there are fewer (below 0) or more; `chance` is None where fewer
    than LEAST_PLACEBOS places were untouched.
    """

    expected: float
    after: int
    placebos: int
    chance: Fraction | None

    @property
    def change(self) -> float:
        """From -1 for nothing left; 0 where nothing was expected."""
        return self.after / self.expected - 1 if self.expected else 0.0

    def verdict(self, declared: Fraction) -> Verdict:
        """Beside the drop declared beforehand, a share of 0..1."""
        if self.chance is None:
            return Verdict.UNTOLD
        if self.chance > SURE:
            return Verdict.NONE
        return Verdict.WORKS if -self.change >= declared else Verdict.SMALL


def effect_of(
    touched: Counts, untouched: Sequence[Counts], before: int, after: int
) -> Effect | None:
    """The effect over so many periods `after`, by as many equal ones `before`.

    None where there is nothing to compare with: no periods, no other places, no cases before.
    """
    if min(before, after, len(untouched)) < 1 or not sum(one.before for one in untouched):
        return None
    every = [touched, *untouched]
    expected = _expected(every, before, after)
    scores = [_score(one, *told) for one, told in zip(every, expected, strict=True)]
    spread = additive(scores[1:])
    depths = [one.value / sqrt(one.error**2 + spread) for one in scores]
    chance = placebo_chance(depths[0], depths[1:])
    return Effect(expected[0][0], touched.after, len(untouched), chance)


def told(effect: Effect | None) -> bool:
    """Whether anything can be said at all."""
    return effect is not None and effect.placebos >= LEAST_PLACEBOS


def _expected(every: Sequence[Counts], before: int, after: int) -> list[tuple[float, float]]:
    """Of each place the mean and the variance without a measure; the first one was touched.

    A place is grown by all untouched ones but itself.
    """
    rates = [one.before / before for one in every[1:]]
    mean = fmean(rates)
    variance = max(0.0, pvariance(rates) - mean / before)
    all_before = sum(one.before for one in every[1:])
    all_after = sum(one.after for one in every[1:])
    found = []
    for place, one in enumerate(every):
        own = one if place else Counts(0, 0)
        growth = _growth(all_before - own.before, all_after - own.after, before, after)
        level = before_level(one.before, before, mean, variance)
        unsure = level / (mean / variance + before) if variance > 0 else 0.0
        times = growth * after
        found.append((level * times, level * times + unsure * times**2))
    return found


def _growth(before: int, after: int, periods: int, later: int) -> float:
    """How many times more a period has; 1 where there was nothing."""
    return after / later / (before / periods) if before else 1.0


def _score(one: Counts, mean: float, variance: float) -> Score:
    """The logarithm of what came by what was expected, with its error."""
    away = log((one.after + HALF) / (mean + HALF))
    return Score(away, max(sqrt(variance), HALF) / (mean + HALF))
