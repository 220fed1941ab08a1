"""How sure a share is: Wilson's interval, and the volume that makes it narrow enough."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
NORMAL = NormalDist()


def quantile(confidence: float = CONFIDENCE) -> float:
    """How many standard errors on either side of a value make an interval of this confidence."""
    return NORMAL.inv_cdf((1 + confidence) / 2)


def wilson(hits: int, of: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's interval of a share of 0..1; all of it where there are no cases."""
    if not of:
        return 0.0, 1.0
    z2, share = quantile(confidence) ** 2, hits / of
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = sqrt(z2 * (share * (1 - share) / of + z2 / (4 * of**2))) / (1 + z2 / of)
    low = 0.0 if hits == 0 else middle - half
    return low, 1.0 if hits == of else middle + half


def needed(half_width: Fraction, confidence: float = CONFIDENCE) -> int:
    """The least number of cases with which no share is known worse than to this half-width.

    Wilson's interval is widest at one half: z / (2 sqrt(n + z²)). At least one case.
    """
    z2 = quantile(confidence) ** 2
    return max(1, ceil(z2 / float(4 * half_width**2) - z2))


def width_of(cases: int, confidence: float = CONFIDENCE) -> Fraction:
    """The half-width to which so many cases, and not one fewer, tell any share: see `needed`."""
    z = quantile(confidence)
    return Fraction(z / (2 * sqrt(cases - 0.5 + z**2)))
