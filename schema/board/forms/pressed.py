"""A form that is pressed twice does its thing once: the second press gets the answer of the first.

Each page has a mark of its own in the token of its forms, so the same press is the same form, sent
from the same page with the same words.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from hashlib import sha256
from time import monotonic
from weakref import WeakKeyDictionary

import orjson
from starlette.responses import Response

from schema.board.saved import PageContext
from schema.web.forms import MARK, form_token

SECONDS, MOST = 60.0, 1_000
"""How long an answer is remembered, and how many at a region."""

Press = tuple[float, "asyncio.Future[Response | None]"]
_known: WeakKeyDictionary[object, dict[str, Press]] = WeakKeyDictionary()
"""By region that is served: in this process alone, for it serves the region alone."""


class Pressed(Exception):
    """The form was pressed before; `answer` is what came of it."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer
        super().__init__()


def page_token(session: str) -> str:
    """What the forms of one page carry, of the session with this name."""
    return f"{form_token(session)}{MARK}{secrets.token_hex(8)}"


async def once(context: PageContext, path: str, typed: Mapping[str, str]) -> None:
    """Go on with the first press of a form; Pressed with the answer of the first for the second.

    The second waits for the first. What came to nothing may be pressed again.
    """
    known = _known.setdefault(context.endpoint, {})
    key = sha256(orjson.dumps([path, sorted(typed.items())])).hexdigest()
    while (press := known.get(key)) is not None and press[0] > monotonic():
        answer = await asyncio.shield(press[1])
        if answer is not None:
            raise Pressed(answer)
    _forget(known)
    context.press = asyncio.get_running_loop().create_future()
    known[key] = (monotonic() + SECONDS, context.press)


def done(context: PageContext, answer: Response | None) -> None:
    """Remember what came of the press that this request was: an answer that leads elsewhere, or
    one that is given once. Of any other nothing is known."""
    press = context.press
    if press is None or press.done():
        return
    known, led = _known[context.endpoint], answer is not None and answer.status_code == 303
    if led or (answer is not None and context.given_once):
        press.set_result(answer)
        return
    for key in [key for key, one in known.items() if one[1] is press]:
        del known[key]
    press.set_result(None)


def _forget(known: dict[str, Press]) -> None:
    """What has passed, and the earliest where there are too many."""
    now = monotonic()
    ended = [key for key, one in known.items() if one[0] <= now]
    for key in [*ended, *known][: max(len(ended), len(known) - MOST + 1)]:
        known.pop(key, None)
