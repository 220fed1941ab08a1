"""Requests of materials: what is asked of the reader, what his side has asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.address import following
from schema.board.lists import PAGE
from schema.board.saved import Desk
from schema.graphql.ids import decode_id

ROOM = "Запросы"
WAITING = 100


async def make(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Requests that wait, parted by who is to answer, and all of them by pages."""
    after = asked.get("after") or None
    found = await desk.ask("Requests", waiting=WAITING, first=PAGE, after=after)
    for part in found.values():
        for one in part["nodes"]:
            one["number"] = decode_id(one["id"], "MaterialRequest")
    for part in (found["mine"], found["theirs"]):
        part["nodes"].sort(key=lambda one: (one["dueAt"] is None, one["dueAt"]))
    return {
        "mine": found["mine"],
        "theirs": found["theirs"],
        "page": found["all"],
        "following": following(found["all"], {}),
    }
