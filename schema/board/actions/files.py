"""The files of a case: what there is, what the antivirus said, opening one and adding one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.appeals.attachments import RULES, open_attachment
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from schema.board.forms.drafts import NOTHING, begun, forget
from schema.board.forms.posted import NotOurs, require_ours, typed_of
from schema.board.forms.pressed import Pressed, once
from schema.board.lists.way import carried
from schema.board.pages import case
from schema.board.rendering import HEADERS, board_page
from schema.board.saved import Failed, PageContext
from schema.graphql.ids import decode_id
from schema.web.attachments import gathered, given, received
from schema.web.owners import ToAppeal
from schema.web.uploads import Upload, is_multipart, read_upload

KEPT = "/files"
MOST_THROWN = 300_000_000
"""Bytes of a refused file that are still taken, so that its sender can be told why."""


async def files_page(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    """The list with its two forms; the file that is opened with a reason; the list once more."""
    if not context.actor.may(Permission.READ_CONTENT):
        raise Failed(RefusalCode.FORBIDDEN, "Содержание обращений Вам не открыто.")
    number = path.removeprefix("appeals/").removesuffix(KEPT)
    case_id = await case.find(context, number)
    refusal: Refusal | None = None
    kept = await begun(context, path)
    typed = kept.typed
    if request.method == "POST":
        try:
            if is_multipart(request):
                await _added(context, request, names, decode_id(case_id, "Appeal"))
                return RedirectResponse(str(request.url.path), 303, headers=HEADERS)
            typed = await typed_of(context, request, names)
            answer = await _opened(context, typed)
            await forget(context, path, kept)
            return answer
        except Refusal as refused:
            refusal = refused
    found = (await context.ask("Files", id=case_id))["appeal"]
    values = {
        "title": "Файлы обращения",
        "room": "Обращения",
        "case": found,
        "origins": [one for one, rule in RULES.items() if context.actor.may(rule.permission)],
        "typed": typed,
        "kept": NOTHING if request.method == "POST" else kept,
        "refusal": refusal,
        "most": context.region.own.file_max_bytes // 1_000_000,
        "token": context.token,
        "way": carried(dict(request.query_params)),
    }
    return board_page(context, "files.html", me, values, 422 if refusal else 200)


async def _opened(context: PageContext, typed: Mapping[str, str]) -> Response:
    number = decode_id(typed.get("file", ""), "Attachment")
    async with context.region.work(context.actor) as work:
        opened = await open_attachment(work, number, None, typed.get("reason"))
    return await given(context.region, opened)


async def _added(context: PageContext, request: Request, names: Sequence[str], number: int) -> None:
    upload = await read_upload(request)
    try:
        require_ours(context, request, names, upload.fields.get("form", ""))
        await once(context, str(request.url), {**upload.fields, "file": upload.name})
        if not upload.name:
            raise Refusal(RefusalCode.FILE_NAME, "Выберите файл")
        origin = next((one for one in RULES if one == upload.fields.get("origin")), None)
        if origin is None:
            raise Refusal(RefusalCode.INVALID, "Скажите, чей это файл")
        parts = gathered(upload.content)
        await received(context.region, context.actor, ToAppeal(number), origin, upload.name, parts)
    except (Refusal, NotOurs, Pressed):
        await _throw_away(upload)
        raise


async def _throw_away(upload: Upload) -> None:
    """Take what still comes: a browser that is cut off says that there is no connection."""
    thrown, rest = 0, upload.content
    with suppress(Refusal):
        async for part in rest:
            thrown += len(part)
            if thrown > MOST_THROWN:
                break
