"""The address of one's own calendar of obligations: given once, on the page itself, or revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schema.board.forms.posted import typed_of
from schema.board.pages import obligations
from schema.board.rendering import HEADERS, board_page, message
from schema.board.saved import PageContext

PLACE = f"{obligations.PLACE}/calendar"
GONE = "Адрес отозван: календарь по нему больше не открывается."
NONE = "Действующего адреса у Вас сейчас нет: отзывать нечего."


async def calendar(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """The page with the address that was given, or with what was revoked; None for other paths.

    Nothing leads away from it: an address that is told once may stand in no other.
    """
    if path != PLACE:
        return None
    if request.method != "POST":  # whoever comes back from a login
        to = f"/{context.region.code}/{obligations.PLACE}"
        return RedirectResponse(to, 303, headers=HEADERS)
    typed = await typed_of(context, request, names)
    revokes = bool(typed.get("revoke"))
    asked = context.ask("RevokeFeed") if revokes else context.ask("IssueFeed")
    [said] = (await asked).values()
    if said["__typename"] == "Refusal":
        return message(422, "Не выполнено", said["text"], context.region.code)
    context.given_once = True
    told = {"given": said.get("address", ""), "revoked": ""}
    if revokes:
        told["revoked"] = GONE if said["revoked"] else NONE
    values = {**await obligations.make(context, {}, ""), **told}
    own = {"title": "Обязанности", "room": obligations.ROOM}
    return board_page(context, "obligations.html", me, {**own, **values})
