"""Ratings as law."""

from __future__ import annotations

from core.ratings.rules.criteria import completeness, number, outside, quality, time
from core.ratings.rules.method import FULL, OUTSIDE, Criterion, Measure, RatingMethod
from core.ratings.rules.scales import SHARE, Linear, Scale, Steps

__all__ = [
    "FULL",
    "OUTSIDE",
    "SHARE",
    "Criterion",
    "Linear",
    "Measure",
    "RatingMethod",
    "Scale",
    "Steps",
    "completeness",
    "number",
    "outside",
    "quality",
    "time",
]
