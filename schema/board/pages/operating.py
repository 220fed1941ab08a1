"""How the system itself does: incidents, stopped jobs, queue, sealing, disks, the last copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.saved import PageContext


async def make(context: PageContext, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The blocks of the page for whoever keeps the system."""
    found = await context.ask("Ops")
    upkeep = found["upkeep"]
    kinds = upkeep["queue"]
    return {
        "incidents": found["incidents"],
        "parked": found["parked"],
        "upkeep": upkeep,
        "waiting": [one for one in kinds if one["waiting"]],
        "in_time": [one for one in kinds if not one["waiting"]],
    }
