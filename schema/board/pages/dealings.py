"""Dealings with partners: what may be entered, and what may be done with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.saved import Failed, PageContext
from schema.board.words.values import plain
from schema.graphql.ids import global_id

PLACE, NEW, RECORDING = "dealings", "new", "recordDealing"
TITLE = "Взаимодействие с партнёрами"
NOT_MINE = "Взаимодействие вносит тот, кто ведёт документы центра, если его предусматривает акт"


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """The dealing of a number; what stands for it where a new one is entered."""
    if number == NEW:
        ways = (await context.ask("DealingWays"))["dealingWaysToRecord"]
        offered = [{"mutation": RECORDING, "allowed": bool(ways), "text": NOT_MINE}]
        return {"id": None, "title": TITLE, "state": None, "offered": offered, "ways": ways}
    row = plain(number)
    node = (await context.ask("Dealing", id=global_id("Dealing", row)))["node"] if row else None
    if node is None:
        raise Failed("NOT_FOUND", f"Взаимодействия № {number} нет")
    return {**node, "state": None}
