"""How bodies work: well, so-so, late, or so that only their figures look well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Temper:
    """`pace` is the share of the term after which half of the answers are sent, `spread` how far
    they scatter; the others are chances of a case: closed at once, passed on, put off, forgotten.
    `marks` weighs what applicants give, from 1 to 5.
    """

    key: str
    pace: float
    spread: float
    marks: Sequence[int]
    instant: float = 0.0
    passing: float = 0.05
    prolonging: float = 0.03
    forgetting: float = 0.03


GOOD = Temper("good", 0.35, 0.35, (3, 5, 12, 30, 50), forgetting=0.003)
ORDINARY = Temper("ordinary", 0.6, 0.35, (10, 13, 22, 30, 25))
SLOW = Temper("slow", 0.9, 0.4, (18, 20, 27, 22, 13), forgetting=0.1)
INSTANT = Temper("instant", 0.6, 0.3, (60, 22, 10, 5, 3), instant=0.6)
PASSING = Temper("passing", 0.8, 0.3, (30, 25, 25, 15, 5), passing=0.5)
PROLONGING = Temper("prolonging", 0.95, 0.2, (25, 25, 25, 15, 10), prolonging=0.6)

GAMING = (INSTANT, PASSING, PROLONGING)
COMMON = {GOOD: 30, ORDINARY: 45, SLOW: 19, INSTANT: 2, PASSING: 2, PROLONGING: 2}


def assign(rng: Random, leading: Sequence[str], others: Iterable[str]) -> Mapping[str, Temper]:
    """A temper for every body (keys). Of the first four of `leading`, which receive the most, one
    games in each way and one is good, so that it can be seen.
    """
    visible = list(leading[: len(GAMING) + 1])
    rng.shuffle(visible)
    tempers = dict(zip(visible, (*GAMING, GOOD), strict=False))
    kinds, weights = list(COMMON), list(COMMON.values())
    for body in sorted(set(others) - set(visible)):
        tempers[body] = rng.choices(kinds, weights)[0]
    return tempers
