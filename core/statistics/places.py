"""Places of subjects by their scores, as ranges: who is surely better, who is surely worse.

Each subject is compared with every other at a level shared among the comparisons (Bonferroni), so
that all that is said of one subject is right with the confidence of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf
from statistics import median

from core.law.russian import Code
from core.statistics.intervals import CONFIDENCE, quantile
from core.statistics.shrinkage import Peers, Score

FULL = 100
LEAST_RANKABILITY = 0.75
WIDEST_RANGE = 1 / 3


class Band(Code):
    """Where a subject stands among its peers, where places would say too much."""

    ABOVE = "above", "выше ожидаемого"
    EXPECTED = "expected", "как ожидалось"
    BELOW = "below", "ниже ожидаемого"


@dataclass(frozen=True, slots=True)
class Places:
    """From the `best` to the `worst` place that a subject may have; 1 is the first."""

    best: int
    worst: int

    @property
    def width(self) -> int:
        """How many places lie between them."""
        return self.worst - self.best


def places_of(scores: Sequence[Score], confidence: float = CONFIDENCE) -> list[Places]:
    """The range of each place, the highest score first; equal scores are no difference."""
    if len(scores) < 2:
        return [Places(1, 1) for _ in scores]
    surely = quantile(1 - (1 - confidence) / (len(scores) - 1))
    return [_places(score, scores, surely) for score in scores]


def bands_of(scores: Sequence[Score], peers: Peers, confidence: float = CONFIDENCE) -> list[Band]:
    """The band of each; where nobody differs, any is named with at most 1 - confidence.

    A score is expected as far from the peers' mean as chance alone would bring it: further on the
    side where there is more room, as shares near either end of the scale lean that way.
    """
    surely = quantile(1 - (1 - confidence) / max(len(scores), 1))
    return [_band(score, peers.mean, surely) for score in scores]


def placed(ranges: Sequence[Places], peers: Peers) -> bool:
    """Whether places may be shown; else bands are."""
    if not ranges:
        return False
    width = median(one.width for one in ranges)
    return peers.rankability > LEAST_RANKABILITY and width <= WIDEST_RANGE * len(ranges)


def _places(score: Score, scores: Sequence[Score], surely: float) -> Places:
    gaps = [(o.value - score.value) / hypot(o.error, score.error) for o in scores]
    better, worse = sum(gap > surely for gap in gaps), sum(gap < -surely for gap in gaps)
    return Places(1 + better, len(scores) - worse)


def _band(score: Score, mean: float, surely: float) -> Band:
    distance = (score.value - mean) / score.error
    # The skewness of a share of so many cases as make this error, by Cornish and Fisher.
    room = 6 * mean * (FULL - mean) or inf
    lean = (FULL - 2 * mean) * score.error * (surely**2 - 1) / room
    if -surely + min(lean, 0.0) <= distance <= surely + max(lean, 0.0):
        return Band.EXPECTED
    return Band.ABOVE if distance > 0 else Band.BELOW
