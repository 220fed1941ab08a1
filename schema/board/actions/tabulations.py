"""Tables of figures as files that a job makes: ordering one, and those that the reader has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schema.board.forms.posted import typed_of
from schema.board.pages import figures
from schema.board.rendering import HEADERS, message
from schema.board.saved import PageContext

PLACE = f"{figures.ROOM}/file"


async def tabulations(
    context: PageContext, _me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """Order the table of an address and go back to it; None for what is no form."""
    if path != PLACE or request.method != "POST":
        return None
    typed = await typed_of(context, request, names)
    address = typed.get("address", "")
    asked = dict(parse_qsl(address, keep_blank_values=True))
    given = {**figures.ordered(context, asked), "kind": typed.get("kind", "")}
    said = (await context.ask("OrderTabulation", input=given))["orderTabulation"]
    if said["__typename"] == "Refusal":
        return message(422, "Не заказано", said["text"], context.region.code)
    to = f"/{context.region.code}/{figures.ROOM}?{address}#files"
    return RedirectResponse(to, 303, headers=HEADERS)
