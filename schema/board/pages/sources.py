"""Where the cases of a week came from, and whose they are: a body's of the region, another's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.appeals.charges import Charge
from schema.board.lists.moved import carrying
from schema.board.saved import PageContext

OWN, ASKED = Charge.OWN, (Charge.FOREIGN, Charge.NOBODY)
"""What is neither foreign nor nobody's is one's own: `core.appeals.charges` leaves nothing out."""


async def sources(
    context: PageContext, week: Mapping[str, Any], link: Callable[[Mapping[str, Any]], str]
) -> list[dict[str, Any]]:
    """A row for each channel, the fullest first: how many, and by whose responsibility."""
    filters = {one: {**week, "charge": [one.name]} for one in (OWN, *ASKED)}
    others = {**week, "charge": [one.name for one in ASKED]}
    found = await context.ask("Sources", whole=week, others=others)
    counted = {one: _by_channel(found["others"], one) for one in ASKED}

    def cell(count: int, wanted: Mapping[str, Any], key: str) -> dict[str, Any]:
        to = carrying(context, link({**wanted, "channel": key}), count) if count else ""
        return {"count": count, "link": to}

    rows = []
    for (key, name), total in _by_channel(found["whole"]).items():
        parts = {one: counted[one].get((key, name), 0) for one in ASKED}
        parts = {OWN: total - sum(parts.values()), **parts}
        cells = [cell(parts[one], wanted, key) for one, wanted in filters.items()]
        rows.append({"name": name, "cells": [cell(total, week, key), *cells]})
    return sorted(rows, key=lambda row: (-row["cells"][0]["count"], row["name"]))


def _by_channel(rows: Any, charge: Charge | None = None) -> dict[tuple[str, str], int]:
    """How many of each channel, by its key and name; of a `charge`, whose body a row names too."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        channel, *body = row["group"]
        if charge is None or (charge is Charge.NOBODY) is (body[0]["key"] is None):
            key = channel["key"] or "", channel["name"] or ""
            found[key] = found.get(key, 0) + row["total"]
    return found
