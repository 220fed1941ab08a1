"""The journal of the region as a list: the address bar holds what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.address import following
from schema.board.lists import PAGE
from schema.board.saved import Desk

ROOM = "Журнал"
FILTERS = ("name", "actor", "subject")
EMPTY = "{}"


async def make(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Entries of the event, the person and the subject that the address names, or all."""
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}
    after = asked.get("after") or None
    page = (await desk.ask("Journal", **kept, first=PAGE, after=after))["journal"]
    for one in page["nodes"]:
        one["before"], one["after"] = _said(one["before"]), _said(one["after"])
    kinds = sorted(desk.region.events.values(), key=lambda kind: kind.words)
    return {
        "page": page,
        "kinds": {kind.name: kind.words for kind in kinds},
        "asked": asked,
        "narrowed": bool(kept),
        "following": following(page, kept),
    }


def _said(text: str) -> str | None:
    return None if text == EMPTY else text
