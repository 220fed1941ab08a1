"""Files over HTTP: one comes as the body of a request, one leaves as the body of an answer.

Neither is ever whole in memory, and no page of ours runs what is in one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from email.message import Message
from itertools import chain
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from core.appeals.delivery.enclosed import release_enclosure
from core.attachments.incoming import Incoming, too_big
from core.attachments.kinds import FileKind, Form, Origin
from core.attachments.model import Attachment
from core.attachments.opening import Opened
from core.attachments.sealing import BrokenFile
from core.attachments.store import Limits
from core.kernel.access import Actor
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from schema.graphql.ids import decode_id, encode_id
from schema.graphql.operation import HttpRefusal
from schema.web.endpoint import Endpoint
from schema.web.owners import To, addressed, is_open_to_any, opening_of
from schema.web.routes import (
    HEADERS,
    actor_of,
    answered,
    asker_of,
    json_answer,
    one_of,
    require_reader,
)
from schema.web.uploads import is_multipart

GATHERED = 256_000
"""Bytes that come before a thread is asked to seal and write them."""

LONGEST_NAMED = 4_000
"""Signs of the header that names a file: a name of any alphabet has room in it."""

SHOWN = {FileKind.JPEG: "image/jpeg", FileKind.PNG: "image/png"}
"""What copies and previews are; nothing else is shown in place."""

MEDIA = {
    FileKind.PDF: "application/pdf",
    FileKind.TXT: "text/plain",
    FileKind.ZIP: "application/zip",
    FileKind.HEIC: "image/heic",
    **SHOWN,
}
PLAIN = "application/octet-stream"


@answered
async def upload(endpoint: Endpoint, request: Request) -> Response:
    """`POST /<region>/attachments?to=<appeal, document or request>&origin=...`

    The body is the file; its name stands in Content-Disposition. The same file once more is the
    same attachment.
    """
    region, actor = endpoint.region, await actor_of(endpoint, request)
    to = addressed(request.query_params.get("to", ""))
    origin = one_of(Origin, request.query_params.get("origin", Origin.OFFICIAL))
    if origin in (Origin.LETTER, Origin.MADE):
        raise Refusal(RefusalCode.INVALID, "Прилагают файлы заявителя или сотрудника")
    name = _name(request)
    require_size(region, request)
    row, new = await received(region, actor, to, origin, name, gathered(request.stream()))
    return json_answer(_said(row), 201 if new else 200)


@answered
async def download(endpoint: Endpoint, request: Request) -> Response:
    """`GET /<region>/attachments/<id>?form=...`

    Why an unchecked file is opened stands, percent-encoded, in X-Reason. `?notice=<id>` asks for a
    file of a notice instead, as it leaves: for whoever sends notices.
    """
    number = decode_id(request.path_params["id"], "Attachment")
    if (notice := request.query_params.get("notice")) is not None:
        return await _released(endpoint, request, decode_id(notice, "Notice"), number)
    asked = request.query_params.get("form")
    form = None if asked is None else one_of(Form, asked)
    reason = unquote(request.headers.get("x-reason", ""), errors="replace") or None
    region, actor = endpoint.region, await asker_of(endpoint, request)
    async with region.work(actor) as work:
        if not await is_open_to_any(work, number):
            require_reader(actor)
        opened = await (await opening_of(work, number))(work, number, form, reason)
    return await given(region, opened)


async def _released(
    endpoint: Endpoint, request: Request, notice_id: int, attachment_id: int
) -> Response:
    region, actor = endpoint.region, await actor_of(endpoint, request, Permission.SEND_NOTICES)
    async with region.work(actor) as work:
        opened = await release_enclosure(work, notice_id, attachment_id)
    return await given(region, opened)


def require_size(region: Region, request: Request) -> None:
    """Refuse what says itself that it is larger than a file may be."""
    most = Limits.of(region.own).file_bytes
    if int(request.headers.get("content-length", "0")) > most:
        raise too_big(most)


async def received(
    region: Region,
    actor: Actor,
    to: To,
    origin: Origin,
    name: str,
    parts: AsyncIterator[bytes],
) -> tuple[Attachment, bool]:
    """Keep a file with its owner as it streams, and whether it is a new one; nothing of a refused.

    Refuses whatever its owner, its kind, its size and the limits refuse.
    """
    limits = Limits.of(region.own)
    async with region.reading(actor) as work:
        await to.require(work, origin)
    incoming = Incoming(region.files, name, limits.file_bytes)
    kept = False
    try:
        async for part in parts:
            await asyncio.to_thread(incoming.add, part)
        arrived = await asyncio.to_thread(incoming.finish)
        async with region.work(actor) as work:
            row, new = await to.attach(work, origin, arrived, limits)
        kept = new
    finally:
        if not kept:
            await asyncio.to_thread(incoming.drop)
    return row, new


async def gathered(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The body in larger parts, so that few threads are asked."""
    held = bytearray()
    async for part in stream:
        held += part
        if len(held) >= GATHERED:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _name(request: Request) -> str:
    """The name of the file, as RFC 6266 has it."""
    if is_multipart(request):
        text = "Тело запроса — сам файл: составные тела не принимаются"
        raise HttpRefusal(415, text)
    said, given = Message(), request.headers.get("content-disposition", "attachment")
    if len(given) > LONGEST_NAMED:
        raise Refusal(RefusalCode.FILE_NAME, f"Имя файла длиннее {LONGEST_NAMED} знаков заголовка")
    said["Content-Disposition"] = given
    try:
        name = said.get_filename("")
    except (ValueError, LookupError):
        name = ""
    if not name:
        text = "Имя файла указывают в заголовке запроса"
        raise Refusal(RefusalCode.FILE_NAME, text)
    return name


async def given(region: Region, opened: Opened) -> Response:
    """The file as it streams; its first piece is checked before anything is said of it."""
    pieces = opened.read(region.files)
    try:
        first = await asyncio.to_thread(next, pieces, b"")
    except (FileNotFoundError, BrokenFile):
        text = "Файл не читается: он повреждён или его нет на месте"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from None
    shown = opened.form is not Form.ORIGINAL and opened.kind in SHOWN
    headers = {
        **HEADERS,
        "Content-Length": str(opened.size),
        "Content-Disposition": _disposition(opened.name, shown=shown),
    }
    media = MEDIA.get(opened.kind, PLAIN)
    body: Iterator[bytes] = chain((first,), pieces)
    return StreamingResponse(body, headers={**headers, "Content-Type": media})


def _disposition(name: str, *, shown: bool) -> str:
    plain = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in name)
    way = "inline" if shown else "attachment"
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _said(row: Attachment) -> dict[str, object]:
    return {"id": encode_id(row), "name": row.name, "kind": FileKind(row.kind).name,
            "size": row.size, "state": row.state}  # fmt: skip
