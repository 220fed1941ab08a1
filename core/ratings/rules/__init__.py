"""Ratings as law."""

from __future__ import annotations

from core.ratings.rules.criteria import (
    completeness,
    number,
    outside,
    quality,
    satisfaction,
    time,
)
from core.ratings.rules.method import FULL, OUTSIDE, Criterion, Measure, RatingMethod
from core.ratings.rules.peers import EVERYBODY, PeerGroups, PeersBy, Traits
from core.ratings.rules.rated import BLOCK, Rated
from core.ratings.rules.scales import SHARE, Linear, Scale, Steps, StepUnit

__all__ = [
    "BLOCK",
    "EVERYBODY",
    "FULL",
    "OUTSIDE",
    "SHARE",
    "Criterion",
    "Linear",
    "Measure",
    "PeerGroups",
    "PeersBy",
    "Rated",
    "RatingMethod",
    "Scale",
    "StepUnit",
    "Steps",
    "Traits",
    "completeness",
    "number",
    "outside",
    "quality",
    "satisfaction",
    "time",
]
