"""Indicators as law."""

from __future__ import annotations

from core.indicators.rules.attainment import Direction
from core.indicators.rules.kinds import (
    ChainStep,
    Deed,
    IndicatorKind,
    IndicatorState,
    OwnerKind,
    RequiredTarget,
    Stage,
    chain,
)

__all__ = [
    "ChainStep",
    "Deed",
    "Direction",
    "IndicatorKind",
    "IndicatorState",
    "OwnerKind",
    "RequiredTarget",
    "Stage",
    "chain",
]
