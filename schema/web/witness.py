"""Being a witness over HTTP: other installations have their journals cosigned (C2SP tlog-witness).

`POST /witness/add-checkpoint` takes a request as text and answers lines of cosignatures. Whose log
is not known here (`tsur witness trust`) is refused before anything is proved.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core.kernel.settings import Settings
from core.region.sealing.witness import FOLDER, NotSigned, Witness
from schema.web.quotas import Counted

MOST_BYTES = 200_000
SIZE = "text/x.tlog.size"
OF_NO_REGION = "witness"
"""Under which name it is counted: the path leaves no region this code."""


async def add_checkpoint(request: Request) -> Response:
    """Cosign the head of a request; 400, 403, 404, 409, 422 as tlog-witness says, and 413.

    Counted as whatever an address asks without a token: HttpRefusal(429) before anything is read.
    """
    settings: Settings = request.app.state.settings
    if settings.witness_name is None:
        return PlainTextResponse("Эта установка ничьих журналов не заверяет", 404)
    address = request.client.host if request.client else ""
    await request.app.state.quotas.require(Counted.ADDRESS, OF_NO_REGION, address)
    witness = Witness(settings.witness_name, settings.data_dir / FOLDER)
    if (text := await _text(request)) is None:
        return PlainTextResponse(f"Запрос больше {MOST_BYTES} байт", 413, {"Connection": "close"})
    sign = partial(witness.countersign, text, int(time.time()))
    try:
        return PlainTextResponse(await asyncio.to_thread(sign))
    except NotSigned as refusal:
        if refusal.seen is not None:
            return Response(f"{refusal.seen}\n", refusal.status, media_type=SIZE)
        return PlainTextResponse(refusal.sentence, refusal.status)


async def _text(request: Request) -> str | None:
    """The body; what is no UTF-8 is no request either. None where there is too much of it."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body.decode(errors="replace")
