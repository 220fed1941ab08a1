"""The chapters of a layer as they hand their rules over, for who reads them beside the act."""

from __future__ import annotations

from typing import cast

import pluggy

from core.law.rule import Rule
from core.law.sequence import Chapter
from core.region.passport import RegionCard

OUT_OF_ORDER = "OUT_OF_ORDER"
"""What a chapter may declare: `{clause id: why its rules stand elsewhere than in the act}`."""


def chapters_of(layer: pluggy.PluginManager) -> tuple[Chapter, ...]:
    """The chapters with rules, in their order; the card, which is data, is none of them."""
    return tuple(
        Chapter(
            answer.plugin_name,
            cast("tuple[Rule, ...]", answer.function()),
            getattr(answer.plugin, OUT_OF_ORDER, {}),
        )
        for answer in layer.hook.rules.get_hookimpls()
        if not isinstance(answer.plugin, RegionCard)
    )
