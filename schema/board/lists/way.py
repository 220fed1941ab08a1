"""The way to a case through a list: what stands beside it there, and the way back to its row.

The place in the list is the case's own cursor, so that the order is the one that was shown: a
case that has left the list since still stands between its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from schema.board.lists.appeals import HEADINGS, meant
from schema.board.saved import PageContext

LIST, AT = "list", "at"
"""What an address of a case says of the way: the address of the list, the place in it."""

WAY = (LIST, AT)


@dataclass(frozen=True, slots=True)
class Way:
    """`back` is the list, `query` what links of the case carry on; `next` and `previous` links."""

    heading: str
    back: str
    query: str
    next: str | None = None
    previous: str | None = None


def carried(asked: Mapping[str, str], **more: str) -> str:
    """The way as it goes on into an address, with what else is said there; empty for nothing."""
    known = {} if AT not in asked or _read(asked) is None else {one: asked[one] for one in WAY}
    query = urlencode({**known, **more})
    return f"?{query}" if query else ""


async def way_of(context: PageContext, asked: Mapping[str, str], number: str) -> Way | None:
    """The way to the case with the number; None where somebody came by himself."""
    query, found = carried(asked), _read(asked)
    if found is None or not query:
        return None
    room, its = found
    filters, order = meant(context, room, its)
    beside = await context.ask("Beside", filter=filters, order=order, at=asked[AT])
    return Way(
        HEADINGS[room],
        f"{asked[LIST]}#{quote(number)}",
        query,
        *(_link(asked, beside[one]["edges"]) for one in ("next", "previous")),
    )


def _read(asked: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """Which list, and what its address asks for; None for what is no list of the board."""
    room, gap, query = asked.get(LIST, "").partition("?")
    if not gap or room not in HEADINGS:
        return None
    return room, dict(parse_qsl(query, keep_blank_values=True))


def _link(asked: Mapping[str, str], edges: Any) -> str | None:
    if not edges:
        return None
    query = urlencode({LIST: asked[LIST], AT: edges[0]["cursor"]})
    return f"{quote(edges[0]['node']['number'])}?{query}"
