"""The law that the region's figures stand on, and who answers for which block today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from schema.board.lists.moved import carrying, since
from schema.board.saved import PageContext
from schema.board.words.values import local


async def law(context: PageContext, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Acts and terms."""
    found = await context.ask("Law")
    return {"rulebook": found["rulebook"], "acts": found["acts"]}


async def structure(
    context: PageContext, asked: Mapping[str, str], _rest: str
) -> Mapping[str, Any]:
    """Blocks with whoever answers for them on this day, and the municipalities."""
    found = await context.ask("Structure", on=context.today.isoformat())
    holders = found["roleHolders"] or ()
    for block in found["blocks"]:
        block["holders"] = [
            one for one in holders if block["key"] in (one["appointment"]["blocks"] or ())
        ]
    places = sorted(found["municipalities"], key=lambda one: one["name"].casefold())

    async def fresh(at: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        then = await context.ask("Places", on=local(at, context.zone).isoformat())
        known = {one["key"] for one in then["municipalities"]}
        new = [one for one in places if one["key"] not in known]
        return [(one["name"], f"municipal/{one['key']}") for one in new], len(new)

    return {
        "blocks": found["blocks"],
        "municipalities": places,
        "moved": await since(context, asked, len(places), fresh),
        "whole": carrying(context, "#places", len(places)),
    }
