"""Where the cases of a week came from, and whose they are: a body's of the region, another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from core.summaries.model import Charge
from schema.board.moved import carrying
from schema.board.saved import Desk

CHARGES = (Charge.OWN, Charge.FOREIGN, Charge.NOBODY)


async def sources(
    desk: Desk, week: Mapping[str, Any], link: Callable[[Mapping[str, Any]], str]
) -> list[dict[str, Any]]:
    """A row for each channel, the fullest first: how many, and by whose responsibility."""
    found = await desk.ask("Sources", week=week)
    outside = {one["key"] for name in ("other", "fund") for one in found[name]["nodes"]}
    held: dict[tuple[str, str], dict[Charge, dict[str, int]]] = defaultdict(
        lambda: {one: {} for one in CHARGES}
    )
    for row in found["appealCounts"]:
        channel, body = row["group"]
        charge = Charge.FOREIGN if body["key"] in outside else Charge.OWN
        charge = charge if body["key"] else Charge.NOBODY
        held[channel["key"] or "", channel["name"] or ""][charge][body["key"] or ""] = row["total"]
    rows = []
    for (key, name), parts in held.items():
        of = {**week, "channel": key}
        total = sum(sum(part.values()) for part in parts.values())
        cells = [_cell(desk, link({**of, "body": sorted(parts[one])}), parts[one]) for one in parts]
        whole = {"count": total, "link": carrying(desk, link(of), total)}
        rows.append({"name": name, "cells": [whole, *cells]})
    return sorted(rows, key=lambda row: (-row["cells"][0]["count"], row["name"]))


def _cell(desk: Desk, to: str, part: Mapping[str, int]) -> dict[str, Any]:
    count = sum(part.values())
    return {"count": count, "link": carrying(desk, to, count) if count else ""}
