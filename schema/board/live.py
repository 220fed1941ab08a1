"""Live pages: that something has happened is told in a stream, how much of it is asked apart.

Nothing on the page changes by itself: its reader is told «новых 3» and shows them when he will. A
stream ends with the session or the last appointment, and does not count as using the session.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import orjson
from sqlalchemy import Dialect, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from core.db.statements import DIALECTS, Slot, Statement, compiled
from core.kernel.access import Actor
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.subscriptions.feed import follow
from schema.board.lists.appeals import HEADINGS, meant
from schema.board.rendering import HEADERS
from schema.board.saved import PageContext
from schema.board.sitemap import page_of
from schema.board.words.values import plain
from schema.web.endpoint import Endpoint
from schema.web.wire import Incoming

STREAM, NEWS = "live", "news"
PAGES = frozenset({"", "my", "appeals", "appeals/{number}"})
"""The pages that say what is new, by their paths."""

MOST_STREAMS = 10
"""Of one person: his browser shares one among its tabs."""

BEATING = b": \n\n"
ENDED = b"event: ended\ndata: {}\n\n"


async def begun(context: PageContext, path: str) -> int | None:
    """The cursor of a live page, to be found out before its state is opened: what comes after the
    state comes after the cursor too. None of any other page."""
    found = page_of(path)
    live = found is not None and found[0].path in PAGES
    return await context.endpoint.feed.head() if live else None


async def stands(context: PageContext) -> None:
    """Move the cursor on to what the state of the page has already: that is not new on it.

    Only as far as no number is left out: a missing one may be of a change that is not there yet.
    """
    if context.cursor is None:
        return
    database = context.region.database
    asked = _later(database.dialect)
    for (line,) in await (context.of or database).fetch(asked.text, asked.values([context.cursor])):
        if line != context.cursor + 1:
            break
        context.cursor = line


@lru_cache(DIALECTS)
def _later(dialect: Dialect) -> Statement:
    """The lines of the journal after one: each live page asks it, so it is kept as a text."""
    query = select(JournalEntry.id).where(JournalEntry.id > Slot(0))
    return compiled(query.order_by(JournalEntry.id), dialect)


def bar(
    context: PageContext, path: str, asked: Mapping[str, str], rest: str
) -> Mapping[str, Any] | None:
    """What the page's script is told: where the stream goes on, and what to ask for the count."""
    if context.cursor is None:
        return None
    told = {**asked, "of": path.replace("{number}", rest), "seen": str(context.cursor)}
    return {"after": context.cursor, "news": f"{NEWS}?{urlencode(told)}", "whole": "{" not in path}


async def news(context: PageContext, request: Request) -> Response:
    """How many cases of a page have gone on since it was made, by the lines of the journal."""
    asked = dict(request.query_params)
    of, seen = asked.pop("of", ""), asked.pop("seen", "")
    head, _, number = of.partition("/")
    wanted = meant(context, head, asked)[0] if head in HEADINGS else {}
    if number:
        wanted = {"number": number}
    found = await context.ask("News", filter={**wanted, "toldAfter": seen})
    return JSONResponse({"count": found["appeals"]["totalCount"]}, headers=HEADERS)


async def stream(endpoint: Endpoint, request: Request) -> Response:
    """Server-sent events: one for each portion of what the reader may learn of.

    204 tells a browser not to come back: nobody is signed in, or he has too many streams.
    """
    incoming = Incoming(request.scope, request.receive)
    try:
        actor = await endpoint.listener(incoming, None)
    except Refusal:
        return Response(status_code=204, headers=HEADERS)
    if endpoint.streams[actor.subject] >= MOST_STREAMS:
        return Response(status_code=204, headers=HEADERS)
    given = request.headers.get("last-event-id") or request.query_params.get("after", "")
    head = await endpoint.feed.head()
    asked = plain(given)
    cursor = head if asked is None else min(asked, head)
    headers = {**HEADERS, "X-Accel-Buffering": "no"}  # a proxy would keep events to itself
    events = _events(endpoint, incoming, actor, cursor)
    return StreamingResponse(events, headers=headers, media_type="text/event-stream")


async def _events(
    endpoint: Endpoint, incoming: Incoming, actor: Actor, cursor: int
) -> AsyncIterator[bytes]:
    endpoint.streams[actor.subject] += 1
    told = follow(endpoint.feed, endpoint.region, lambda: endpoint.listener(incoming, None), cursor)
    try:
        yield BEATING  # the head goes out at once
        async with aclosing(told):
            async for heard, behind in told:
                numbers = sorted({one.number for one in heard if one.number is not None})
                told_of = orjson.dumps({"cases": numbers})
                yield b"id: %d\ndata: %s\n\n" % (behind, told_of) if numbers else BEATING
    except Refusal:
        yield ENDED
    except (SQLAlchemyError, OSError):
        return  # the browser comes back to its cursor
    finally:
        endpoint.streams[actor.subject] -= 1
