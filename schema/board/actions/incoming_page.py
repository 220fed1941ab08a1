"""A letter that came by e-mail: hidden until somebody says what for, and hidden again soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from core.kernel.codes import Permission
from schema.board.actions.applicant import OPEN_FOR
from schema.board.actions.papers import STEP, papers
from schema.board.forms.drafts import NOTHING, begun, forget
from schema.board.forms.posted import typed_of
from schema.board.pages.incoming import PLACE, ROOM, find
from schema.board.rendering import board_page
from schema.board.saved import Failed, PageContext
from schema.board.words.values import plain

TELLING = "Решение, чем является письмо"
"""What the look of whoever says what it is is recorded with."""


async def letter_page(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """One letter; what it says for a quarter of an hour, to who has said what for; the form of a
    step with it. None of any other path."""
    if STEP in path:
        return await papers(context, me, request, path, names)
    number = path.removeprefix(PLACE).removeprefix("/")
    if not plain(number):
        return None
    shown = await find(context, number)
    tells = any(one["allowed"] for one in shown["offered"])
    kept = await begun(context, path)
    typed, refusal, purpose = kept.typed, None, ""
    read: Mapping[str, Any] | None = None
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        purpose = TELLING if typed.get("own") and tells else typed.get("purpose", "").strip()
        try:
            read = await _read(context, shown["id"], purpose)
            await forget(context, path, kept)
        except Failed as failed:
            refusal = failed.text
    values = {
        "title": f"Письмо № {number}",
        "room": ROOM,
        "letter": shown,
        "number": number,
        "open_steps": [one for one in shown["offered"] if one["allowed"]],
        "closed_steps": [one for one in shown["offered"] if not one["allowed"]],
        "readable": context.actor.may(Permission.READ_PERSONAL_DATA),
        "tells": tells,
        "read": read,
        "purpose": purpose,
        "refusal": refusal,
        "typed": typed,
        "kept": NOTHING if request.method == "POST" else kept,
        "closes_at": context.now + OPEN_FOR,
        "token": context.token,
        "show": request.query_params.get("show") == "queries",
    }
    answer = board_page(context, "incoming_one.html", me, values, 422 if refusal else 200)
    if read is not None:
        seconds = int(OPEN_FOR.total_seconds())
        answer.headers["Refresh"] = f"{seconds}; url={quote(request.url.path)}"
    return answer


async def _read(context: PageContext, letter: str, purpose: str) -> Mapping[str, Any]:
    """What it says; the look is recorded. The page that shows it must not tell it again."""
    try:
        found = (await context.ask("IncomingText", id=letter, purpose=purpose))["node"]
    finally:
        context.asked.pop("IncomingText", None)
    return found["content"] or {}
