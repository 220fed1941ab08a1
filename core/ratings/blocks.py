"""Blocks as subjects of a rating: each by whoever is responsible for it."""

from __future__ import annotations

from collections.abc import Mapping

from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.rules import BLOCK
from core.structure.blocks import load_blocks


async def responsible(work: Work, quarter: Period) -> Mapping[str, str]:
    """Who is rated by the key of the block, as the blocks stand on the quarter's last day.

    A block without a responsible official is rated by nobody's name: it is left out.
    """
    blocks = (await load_blocks(work.session, work.rules)).all(quarter.last_day)
    return {
        f"{BLOCK}{one.key}": f"Ответственный за блок «{one.name}»"
        for one in blocks
        if one.has_responsible
    }
