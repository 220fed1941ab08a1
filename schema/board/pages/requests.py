"""Requests of materials: what is asked of the reader, what his side has asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from core.kernel.codes import Permission
from schema.board.lists.address import following
from schema.board.lists.appeals import PAGE
from schema.board.lists.moved import MOST_NAMED, Fresh, carrying, since
from schema.board.saved import Failed, PageContext
from schema.board.words.values import Codes, at, exactly, moment, plain
from schema.graphql.ids import decode_id, global_id

ROOM, PLACE = "Запросы", "requests"
NEW, ASKING = "new", "requestMaterials"
NOT_MINE = "Материалы запрашивает тот, кому это право даёт акт"
WAITING = 100
PARTS: Mapping[str, Mapping[str, Any]] = {
    "mine": {"state": "ASKED", "mine": True},
    "theirs": {"state": "ASKED", "mine": False},
    "all": {},
}
"""The lists of the page: those that wait, by who is to answer, and all of them."""

CURSORS = ("mine", "theirs", "after")
"""Cursors of the lists in an address."""


async def make(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Requests that wait, parted by who is to answer, and all of them by pages.

    What waits begins with the longest waiting; a cursor of the address goes on to the later.
    """
    kept = {name: asked[name] for name in CURSORS if asked.get(name)}
    found = await context.ask("Requests", waiting=WAITING, first=PAGE, **kept)
    for part in found.values():
        for one in part["nodes"]:
            one["number"] = _number(one)
    for name in ("mine", "theirs"):
        part = found[name]
        part["nodes"].sort(key=lambda one: (one["dueAt"] is None, one["dueAt"]))
        info = part["pageInfo"]
        later = urlencode({**kept, name: info["startCursor"]}) if info["hasPreviousPage"] else ""
        part["later"] = later and f"?{later}#{name}"
    counts = {name: found[name]["totalCount"] for name in PARTS}
    became = [await since(context, asked, counts[one], _fresh(context, one), one) for one in PARTS]
    return {
        "mine": found["mine"],
        "theirs": found["theirs"],
        "page": found["all"],
        "following": following(found["all"], {k: v for k, v in kept.items() if k != "after"}),
        "links": {one: carrying(context, f"#{one}", counts[one], one) for one in PARTS},
        "moved": next((one for one in became if one), None),
        "asks": context.actor.may(Permission.READ_DOCUMENTS) and bool(await usable(context)),
    }


async def usable(context: PageContext) -> Sequence[Mapping[str, Any]]:
    """The rights by which the reader may ask for materials, or enter what others have asked."""
    found: Sequence[Mapping[str, Any]]
    found = (await context.ask("RequestRights"))["requestRightsToUse"]
    return found


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """The request of a number; what stands for it where a new one is made."""
    if number == NEW:
        rights = await usable(context)
        offered = [{"mutation": ASKING, "allowed": bool(rights), "text": NOT_MINE}]
        new = {"id": None, "title": ROOM, "state": None, "repliedAt": None}
        return {**new, "offered": offered, "rights": rights}
    missing = Failed("NOT_FOUND", f"Запроса № {number} нет или он не в Вашем ведении")
    row = plain(number)
    if not row:
        raise missing
    found = (await context.ask("Request", id=global_id("MaterialRequest", row)))["node"]
    if found is None:
        raise missing
    return {**found, "title": found["text"]}


def changed(context: PageContext, shown: Mapping[str, Any], seen: datetime) -> list[dict[str, str]]:
    """What was replied after the reader saw it."""
    replied = shown["repliedAt"]
    if replied is None or moment(replied) <= seen:
        return []
    state = Codes(context.endpoint.types)(shown["state"], "RequestState")
    text = f"{state}: {shown['reply']}" if shown["reply"] else state
    return [{"at": at(replied, context.zone), "text": text}]


def _number(one: Mapping[str, Any]) -> int:
    return decode_id(one["id"], "MaterialRequest")


def _fresh(context: PageContext, part: str) -> Fresh:
    async def fresh(then: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        wanted = {**PARTS[part], "since": exactly(then), "first": MOST_NAMED}
        told = (await context.ask("RequestsSince", **wanted))["materialRequests"]
        numbers = map(_number, told["nodes"])
        return [(f"№\u00a0{one}", f"requests#r{one}") for one in numbers], told["totalCount"]

    return fresh
