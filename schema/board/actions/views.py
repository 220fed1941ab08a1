"""Saved views of lists: an address under a name, kept for whoever saved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.sessions import views as kept
from core.sessions.drafts import drop
from schema.board.forms.posted import number_in, typed_of
from schema.board.rendering import HEADERS, message
from schema.board.saved import Failed, PageContext

PLACE = "views"
ROOMS = ("my", "appeals", "figures")
"""Pages whose address says what they show."""


async def views(
    context: PageContext, _me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """Keep an address or forget one, and go back to it; None for another path.

    What was sent when the session had ended is shown again as that of any page that is not there.
    """
    if path != PLACE:
        return None
    if request.method != "POST":
        raise Failed(RefusalCode.NOT_FOUND, "Отбор сохраняется под списком, который он показывает")
    typed = await typed_of(context, request, names)
    address = typed.get("address", "")
    if address.partition("?")[0] not in ROOMS:
        return message(400, "Не принято", "Такой страницы нет.", context.region.code)
    subject = context.actor.subject
    try:
        if typed.get("do") == "drop":
            await kept.drop_view(context.region, subject, number_in(typed, "view"))
        else:
            await kept.save_view(context.region, subject, typed.get("name", ""), address)
            await drop(context.region, subject, PLACE)
    except Refusal as refusal:
        return message(422, "Не сохранено", refusal.text, context.region.code)
    return RedirectResponse(f"/{context.region.code}/{address}", 303, headers=HEADERS)
