"""The applicant of a case: hidden until somebody says what for, and hidden again soon.

On one's own case a step that needs the person is itself what for; elsewhere it is typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from core.kernel.codes import Permission
from schema.board.forms.drafts import NOTHING, begun, forget
from schema.board.forms.posted import typed_of
from schema.board.lists.way import carried
from schema.board.pages import case
from schema.board.rendering import board_page
from schema.board.saved import Failed, PageContext

APPLICANT = "/applicant"
OPEN_FOR = timedelta(minutes=15)

OWN = "acceptAppeal", "answerAppeal", "resendAnswer"
CALL = "Связь с заявителем по обращению, которое у меня"


async def applicant_page(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    """Whom the case is from, for a quarter of an hour; the form that asks what for before that."""
    if not context.actor.may(Permission.READ_PERSONAL_DATA):
        raise Failed("FORBIDDEN", "Персональные данные заявителей Вам не открыты.")
    number = path.removeprefix("appeals/").removesuffix(APPLICANT)
    head = (await context.ask("Case", id=await case.find(context, number)))["appeal"]
    kept = await begun(context, path)
    typed, refusal, purpose = kept.typed, None, ""
    found: Mapping[str, Any] | None = None
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        purpose = CALL if typed.get("own") and is_own(head) else typed.get("purpose", "").strip()
        try:
            found = await _read(context, head["id"], purpose)
            await forget(context, path, kept)
        except Failed as failed:
            refusal = failed.text
    values = {
        "title": "Заявитель",
        "room": "Обращения",
        "case": head,
        "own": is_own(head),
        "person": found,
        "purpose": purpose,
        "refusal": refusal,
        "closes_at": context.now + OPEN_FOR,
        "typed": typed,
        "kept": NOTHING if request.method == "POST" else kept,
        "token": context.token,
        "way": carried(dict(request.query_params)),
    }
    answer = board_page(context, "applicant.html", me, values, 422 if refusal else 200)
    if found is not None:
        seconds = int(OPEN_FOR.total_seconds())
        answer.headers["Refresh"] = f"{seconds}; url={quote(request.url.path)}"
    return answer


def is_own(head: Mapping[str, Any]) -> bool:
    """Whether a step of the body that holds the case is open to the reader now."""
    return any(one["allowed"] and one["mutation"] in OWN for one in head["steps"])


async def _read(context: PageContext, appeal: str, purpose: str) -> Mapping[str, Any]:
    try:
        found = (await context.ask("Applicant", id=appeal, purpose=purpose))["appeal"]["applicant"]
    finally:
        context.asked.pop("Applicant", None)
    return found or {}
