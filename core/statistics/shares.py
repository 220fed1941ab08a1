"""Shares as scores of 0..100, with the errors that two questions need."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from core.statistics.shrinkage import Score

FULL = 100


class Share(NamedTuple):
    """So many `of` so many cases, at least one."""

    hits: int
    of: int


def scores(shares: Sequence[Share]) -> list[Score]:
    """Each with the error of its own share, for comparisons of one with another.

    The share is taken with two cases more of either kind (Agresti and Coull): none is sure at 0.
    """
    return [_score(one, (one.hits + 2) / (one.of + 4)) for one in shares]


def pooled(shares: Sequence[Share]) -> list[Score]:
    """Each with the error that chance alone would give it if all had one share, for bands.

    Errors of one's own share name somebody too often where nobody differs. What all share is taken
    with two cases more of either kind.
    """
    hits, of = (sum(column) for column in zip(*shares, strict=True)) if shares else (0, 0)
    return [_score(one, (hits + 2) / (of + 4)) for one in shares]


def _score(share: Share, of_all: float) -> Score:
    return Score(FULL * share.hits / share.of, FULL * sqrt(of_all * (1 - of_all) / share.of))
