"""The calendar of a person's obligations over HTTP, for programs that subscribe to it."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core.kernel.access import ANONYMOUS
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.obligations.feed import read_feed
from schema.graphql.errors import AWAY, RETRY, away

log = logging.getLogger("tsur.requests")

HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def feed(region: Region | None, request: Request) -> Response:
    """`GET /<region>/c/<token>.ics`: the calendar; 404 for a token that holds no more."""
    if region is None:
        return PlainTextResponse("Такой регион здесь не обслуживается\n", 404)
    try:
        async with region.work(ANONYMOUS) as work:
            text = await read_feed(work, request.path_params["token"])
    except Refusal as refusal:
        return PlainTextResponse(f"{refusal.text}\n", 404, HEADERS)
    except Exception as error:
        if (why := away([error])) is None:
            raise
        log.warning("a calendar is out of reach: %s", why)
        return PlainTextResponse(f"{AWAY.sentence}\n", 503, {**HEADERS, **RETRY})
    return Response(text, 200, HEADERS, "text/calendar; charset=utf-8")
