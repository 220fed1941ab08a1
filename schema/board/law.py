"""The law that the region's figures stand on, and who answers for which block today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from schema.board.moved import carrying, since
from schema.board.saved import Desk
from schema.board.words import local


async def law(desk: Desk, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Acts and terms."""
    found = await desk.ask("Law")
    return {"rulebook": found["rulebook"], "acts": found["acts"]}


async def structure(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Blocks with whoever answers for them on this day, and the municipalities."""
    found = await desk.ask("Structure", on=desk.today.isoformat())
    holders = found["roleHolders"] or ()
    for block in found["blocks"]:
        block["holders"] = [
            one for one in holders if block["key"] in (one["appointment"]["blocks"] or ())
        ]
    places = sorted(found["municipalities"], key=lambda one: one["name"].casefold())

    async def fresh(at: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        then = await desk.ask("Places", on=local(at, desk.zone).isoformat())
        known = {one["key"] for one in then["municipalities"]}
        new = [one for one in places if one["key"] not in known]
        return [(one["name"], f"municipal/{one['key']}") for one in new], len(new)

    return {
        "blocks": found["blocks"],
        "municipalities": places,
        "moved": await since(desk, asked, len(places), fresh),
        "whole": carrying(desk, "#places", len(places)),
    }
