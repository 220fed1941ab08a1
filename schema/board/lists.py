"""Lists of appeals: the address bar holds the filter, the order and the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from core.kernel.access import Actor
from core.kernel.codes import Permission
from schema.board.drafts import unfinished
from schema.board.morning import written
from schema.board.moved import AS_OF, WAS, moved
from schema.board.saved import Desk
from schema.board.words import api
from schema.graphql.ids import decode_id

PAGE = 25
OF_THE_PAGE = ("after", "order", WAS, AS_OF)
"""What an address says of one page, and not of the list."""
TEXTS = ("theme", "municipality", "block", "channel", "outcome", "number", "text", "address")
MOMENTS = (
    "receivedFrom", "receivedBefore", "dueFrom", "dueBefore", "answeredFrom", "answeredBefore",
    "registeredFrom", "registeredBefore", "closedFrom", "closedBefore", "changedAfter",
)  # fmt: skip
FLAGS = (
    "overdue", "significant", "prolonged", "transferred", "reworked", "queued", "undelivered",
    "withoutDeadline",
)  # fmt: skip
MANY = frozenset({"theme", "municipality", "block", "channel", "outcome", "state", "body"})
ORDERS = {
    "DUE_SOONEST": "по сроку",
    "DELAY": "по опозданию",
    "NEWEST": "сначала новые",
    "OLDEST": "сначала старые",
    "CHANGED": "недавно изменённые",
}
DIMENSIONS = {
    "THEME": "тематика",
    "MUNICIPALITY": "муниципалитет",
    "BODY": "орган",
    "STATE": "состояние",
    "CHANNEL": "канал",
    "BLOCK": "блок",
}


async def every(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """All that the reader may see, by what the address asks for."""
    return await _listed(desk, asked, chosen(asked), "NEWEST", "Обращения")


async def mine(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """What waits for the reader: open cases of his scope by their terms."""
    own = {"state": own_states(desk.actor), **chosen(asked)}
    listed = await _listed(desk, asked, own, "DUE_SOONEST", "Мой список")
    return {**listed, "unfinished": await unfinished(desk)}


def own_states(actor: Actor) -> list[str]:
    """In which states cases wait for the reader."""
    return ["QUEUED"] if actor.may(Permission.ROUTE) else ["ASSIGNED", "IN_WORK", "DISPUTED"]


async def batches(desk: Desk, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The reader's own steps with many, the latest first."""
    found = (await desk.ask("Batches"))["batches"]
    rows = [{**one, "number": decode_id(one["id"], "Batch")} for one in found]
    return {"batches": rows, "room": "Обращения"}


async def figures(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Counts by two dimensions of the address."""
    by = [one for one in (asked.get("by", "THEME"), asked.get("and", "")) if one in DIMENSIONS]
    wanted = chosen(asked)
    found = await desk.ask("Counts", by=by or ["THEME"], filter=wanted)
    rows = sorted(found["appealCounts"], key=lambda row: -row["total"])
    for row in rows:
        row["link"] = _narrowed(wanted, row["group"])
    return {"rows": rows, "by": by or ["THEME"], "dimensions": DIMENSIONS, "asked": asked}


def chosen(asked: Mapping[str, str]) -> dict[str, Any]:
    """The filter of the API that the parameters of an address mean; what it has not is left out."""
    found: dict[str, Any] = {}
    for name in (*TEXTS, *MOMENTS, "state", "body"):
        value = asked.get(name)
        if value is not None and (value or name in MANY):
            found[name] = [one or None for one in value.split(",")] if name in MANY else value
    found.update({name: True for name in FLAGS if asked.get(name) == "1"})
    return found


def following(page: Mapping[str, Any], kept: Mapping[str, str]) -> str | None:
    """The address of the page after this one of a connection; None after the last."""
    info = page["pageInfo"]
    return "?" + urlencode({**kept, "after": info["endCursor"]}) if info["hasNextPage"] else None


async def _listed(
    desk: Desk, asked: Mapping[str, str], wanted: Mapping[str, Any], order: str, heading: str
) -> Mapping[str, Any]:
    order = asked["order"] if asked.get("order") in ORDERS else order
    after = asked.get("after") or None
    found = await desk.ask("List", filter=wanted, order=order, first=PAGE, after=after)
    page = found["appeals"]
    kept = {name: value for name, value in asked.items() if name not in OF_THE_PAGE}
    became = await moved(desk, asked, wanted, page["totalCount"]) if after is None else None
    return {
        "moved": became,
        "heading": heading,
        "page": page,
        "orders": ORDERS,
        "order": order,
        "kept": kept,
        "asked": asked,
        "following": following(page, {**kept, "order": order}),
        "narrowed": bool(chosen(asked)),
        "listed": listed(wanted, order),
        "steps": found["batchSteps"],
        "token": desk.token,
        "seen": api(desk.now),
    }


def listed(wanted: Mapping[str, Any], order: str) -> str:
    """A list as a form carries it: filter and order, as they stand in an address."""
    pairs = [(name, written(value)) for name, value in wanted.items()]
    return urlencode([*pairs, ("order", order)])


def _narrowed(wanted: Mapping[str, Any], group: Any) -> str:
    """The list of exactly the cases of a cell."""
    keys = {one["dimension"].lower(): one["key"] or "" for one in group}
    pairs = {name: written(value) for name, value in wanted.items()}
    return "appeals?" + urlencode({**pairs, **keys})
