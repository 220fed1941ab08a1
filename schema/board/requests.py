"""Requests of materials: what is asked of the reader, what his side has asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.kernel.codes import Permission
from core.requests.rules import Side
from schema.board.address import following
from schema.board.lists import PAGE
from schema.board.saved import Desk
from schema.graphql.ids import decode_id

ROOM = "Запросы"
WAITING = 100
CENTRE = frozenset(one.name for one in Side if one.own)


async def make(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Requests that wait, parted by who is to answer, and all of them by pages."""
    after = asked.get("after") or None
    found = await desk.ask("Requests", waiting=WAITING, first=PAGE, after=after)
    waiting = found["waiting"]["nodes"]
    for one in (*waiting, *found["all"]["nodes"]):
        one["number"] = decode_id(one["id"], "MaterialRequest")
    waiting = sorted(waiting, key=lambda one: (one["dueAt"] is None, one["dueAt"]))
    return {
        "mine": [one for one in waiting if _is_mine(desk, one)],
        "theirs": [one for one in waiting if not _is_mine(desk, one)],
        "waiting": found["waiting"]["totalCount"],
        "parted": len(waiting),
        "page": found["all"],
        "following": following(found["all"], {}),
    }


def _is_mine(desk: Desk, one: Mapping[str, Any]) -> bool:
    """Whether the reader's side is to answer: his body, or the centre for who keeps its papers."""
    if one["body"] is not None:
        scopes = desk.actor.scopes(Permission.ANSWER)
        own = {body for scope in scopes for body in scope.bodies or ()}
        return decode_id(one["body"]["id"], "Body") in own
    return one["addressee"] in CENTRE and desk.actor.may(Permission.MANAGE_DOCUMENTS)
