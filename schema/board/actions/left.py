"""What was being written of something that has left its writer meanwhile: kept, and shown to him.

The case was given to another body, so its page is no longer there for him; his words still are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.sessions import drafts
from schema.board.forms.drafts import OURS, keep
from schema.board.forms.posted import typed_of
from schema.board.rendering import HEADERS, board_page
from schema.board.saved import PageContext
from schema.web.uploads import is_multipart

CHOSEN = re.compile(r"[\w.:=+/-]*", re.ASCII)
"""Keys, days and ticks are chosen in a form, and not written."""


async def left_behind(
    context: PageContext,
    me: Mapping[str, Any],
    request: Request,
    path: str,
    names: Sequence[str],
    why: str,
) -> Response | None:
    """The page with the words that were sent or kept at this path; None where there are none.

    They stay among what is unfinished until he forgets them.
    """
    subject = context.actor.subject
    if request.method == "POST":
        if is_multipart(request):
            return None
        typed = await typed_of(context, request, names)
        if typed.get("drop"):
            await drafts.drop(context.region, subject, path)
            return RedirectResponse(f"/{context.region.code}/my", 303, headers=HEADERS)
        await keep(context.region, subject, path, typed)
    else:
        kept = await drafts.kept_at(context.region, subject, path)
        if kept is None:
            return None
        typed = kept.typed
    written = [value for name, value in typed.items() if name not in OURS]
    words = [value for value in written if value.strip() and not CHOSEN.fullmatch(value)]
    values = {"title": "Введённое сохранено", "why": why, "words": words, "token": context.token}
    return board_page(context, "left.html", me, values, 404)
