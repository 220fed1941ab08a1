"""The law that the region's figures stand on, and who answers for which block today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.saved import Desk


async def law(desk: Desk, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Acts and terms."""
    found = await desk.ask("Law")
    return {"rulebook": found["rulebook"], "acts": found["acts"]}


async def structure(desk: Desk, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Blocks with whoever answers for them on this day, and the municipalities."""
    found = await desk.ask("Structure", on=desk.today.isoformat())
    holders = found["roleHolders"] or ()
    for block in found["blocks"]:
        block["holders"] = [
            one for one in holders if block["key"] in (one["appointment"]["blocks"] or ())
        ]
    places = sorted(found["municipalities"], key=lambda one: one["name"].casefold())
    return {"blocks": found["blocks"], "municipalities": places}
