"""Where the cases of a week came from, and whose they are: a body's of the region, another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from core.appeals.charges import Charge
from schema.board.moved import carrying
from schema.board.saved import Desk

CHARGES = (Charge.OWN, Charge.FOREIGN, Charge.NOBODY)


async def sources(
    desk: Desk, week: Mapping[str, Any], link: Callable[[Mapping[str, Any]], str]
) -> list[dict[str, Any]]:
    """A row for each channel, the fullest first: how many, and by whose responsibility."""
    filters = {one.value: {**week, "charge": [one.name]} for one in CHARGES}
    found = await desk.ask("Sources", **filters)
    held: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(filters, 0))
    for charge, rows in found.items():
        for row in rows:
            (channel,) = row["group"]
            held[channel["key"] or "", channel["name"] or ""][charge] = row["total"]

    def cell(count: int, wanted: Mapping[str, Any], key: str) -> dict[str, Any]:
        to = carrying(desk, link({**wanted, "channel": key}), count) if count else ""
        return {"count": count, "link": to}

    rows = []
    for (key, name), parts in held.items():
        cells = [cell(parts[one], wanted, key) for one, wanted in filters.items()]
        rows.append({"name": name, "cells": [cell(sum(parts.values()), week, key), *cells]})
    return sorted(rows, key=lambda row: (-row["cells"][0]["count"], row["name"]))
