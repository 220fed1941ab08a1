"""What the applicant's page answers: GET and HEAD read, a form of the page acts."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.appeals.citizen.codes import send_code, use_code
from core.appeals.citizen.papers import open_paper, read_papers, ticket, withdraw_by_code
from core.appeals.citizen.sheet import read_sheet
from core.appeals.notices.links.service import read_link
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.kernel.access import ANONYMOUS
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.texts import LONGEST_REASON
from core.kernel.tokens import NO_LINK
from schema.graphql.errors import AWAY, RETRY, away, masked
from schema.graphql.operation import HttpRefusal
from schema.web.attachments import given
from schema.web.citizen.pages import (
    HEADERS,
    View,
    former_page,
    message_page,
    missing_page,
    sheet_page,
)
from schema.web.forms import fits, is_foreign, read_form

log = logging.getLogger("tsur.requests")

Form = Mapping[str, str]
Act = Callable[[Region, str, Form], Awaitable[Response | View]]
FORMER = re.compile(r"(?:/survey#|/s/)([\w.-]+)\s*$", re.ASCII)
STALE = "Пока страница была открыта, обращение изменилось. Прочитайте её ещё раз."
WRONG_CODE = (
    "Код не подошёл или его срок прошёл. Проверьте последнее письмо с кодом или запросите новый."
)

LATE = "Письма были открыты давно. Запросите новый код, чтобы сохранить файл."
NO_FILE = "Этот файл сейчас не открывается. Попросите его у того, кто Вам ответил."
NUMBER = re.compile(r"[1-9][0-9]{0,17}")


async def citizen(region: Region | None, request: Request) -> Response:
    """Answer a request to `/<region>/s/<token>`; it never raises."""
    try:
        if region is None:
            return missing_page(None)
        form: Form | None = None
        if request.method == "POST":
            if is_foreign(request, region.settings.public_url):
                return message_page(403, "Форма не принята", "Она отправлена с чужой страницы.")
            form = await read_form(request)
        async with asyncio.timeout(region.settings.max_seconds):
            return await _respond(region, request, form)
    except HttpRefusal as refusal:
        return message_page(
            refusal.status, "Форма не принята", refusal.refusal.text, refusal.headers
        )
    except Refusal as refusal:
        if refusal.code in NO_LINK:
            return missing_page(region.passport.centre if region else None)
        return message_page(400, "Форма не принята", refusal.text)
    except Exception as error:  # noqa: BLE001 - the last place that can mask it
        if (why := away([error])) is not None:
            log.warning("a page is out of reach: %s", why)
            return message_page(503, "Страница временно не открывается", AWAY.sentence, RETRY)
        told = masked(error, "citizen")["extensions"]["id"]
        text = f"Попробуйте ещё раз через несколько минут. Номер ошибки: {told}."
        return message_page(500, "Страница временно не открывается", text)


async def former(region: Region | None, request: Request) -> Response:
    """`/<region>/survey`: the link of a former letter, put in by hand, leads to its page."""
    if region is None:
        return missing_page(None)
    centre = region.passport.centre
    if request.method != "POST":
        return former_page(centre, None)
    try:
        given = (await read_form(request)).get("link", "")
    except Refusal as refusal:
        return message_page(400, "Форма не принята", refusal.text)
    found = FORMER.search(given)
    if found is None:
        return former_page(centre, "Это не ссылка из письма: скопируйте её целиком")
    return RedirectResponse(f"s/{found.group(1)}", 303, headers=HEADERS)


async def _respond(region: Region, request: Request, form: Form | None) -> Response:
    token = request.path_params["token"]
    if form is None:
        return await _show(region, View(token, done=request.query_params.get("said")))
    act = ACTS.get(form.get("do", ""))
    if act is None:
        return message_page(400, "Форма не принята", "Откройте страницу обращения ещё раз.")
    answer = await act(region, token, form)
    return await _show(region, answer) if isinstance(answer, View) else answer


async def _show(region: Region, view: View) -> Response:
    async with region.reading(ANONYMOUS) as work:
        sheet = await read_sheet(work, await read_link(work, view.token))
        return sheet_page(region.passport.centre, sheet, view, work.today)


async def _mark(region: Region, token: str, form: Form) -> Response | View:
    """Rate, and object where that is said; what is refused stands beside its field."""
    if wrong := _faults(form):
        return _wrong(token, form, wrong)
    objection = form.get("objection", "").strip() or None
    opinion = Opinion(int(form["mark"]), form.get("comment", ""), objection)
    link = None
    try:
        async with region.work(ANONYMOUS) as work:
            link = await read_link(work, token)
            sheet = await read_sheet(work, link)
            closing = sheet.rating.closing if sheet.rating else 0
            if not fits(token, closing, form.get("form", "")):
                return _wrong(token, form, {"mark": STALE})
            await answer_survey(work, token, opinion)
    except Refusal as refusal:
        if link is None:
            raise
        return _wrong(token, form, {"objection" if objection else "mark": refusal.text})
    return _seen("objection" if objection else "mark")


def _faults(form: Form) -> dict[str, str]:
    found = {}
    if form.get("mark") not in ("1", "2", "3", "4", "5"):
        found["mark"] = "Выберите оценку от 1 до 5"
    for name in ("comment", "objection"):
        if len(form.get(name, "")) > LONGEST_REASON:
            found[name] = f"Текст длиннее {LONGEST_REASON} знаков: сократите его"
    return found


async def _code(region: Region, token: str, form: Form) -> Response | View:
    """Send a code to the channel of the appeal."""
    try:
        async with region.work(ANONYMOUS) as work:
            await send_code(work, await read_link(work, token), token)
    except Refusal as refusal:
        if refusal.code in NO_LINK:
            raise
        return View(token, form, {"send": refusal.text}, status=_status(refusal))
    return _seen("code", "#papers")


async def _papers(region: Region, token: str, form: Form) -> Response | View:
    """Show the letters once, in the answer itself: nothing remembers that the code fitted."""
    async with region.work(ANONYMOUS) as work:
        link = await read_link(work, token)
        code = await use_code(work, link, token, form.get("code", ""))
        if code is None:
            return _wrong(token, {}, {"code": WRONG_CODE})
        return View(token, papers=await read_papers(work, link), ticket=ticket(work, code))


async def _file(region: Region, token: str, form: Form) -> Response | View:
    """A file of the letters that the page has just shown: saved, never opened in place."""
    number = form.get("file", "")
    if not NUMBER.fullmatch(number):
        return _wrong(token, {}, {"code": NO_FILE})
    try:
        async with region.work(ANONYMOUS) as work:
            link = await read_link(work, token)
            opened = await open_paper(work, link, form.get("ticket", ""), int(number))
        if opened is None:
            return _wrong(token, {}, {"code": LATE})
        return await given(region, opened)
    except Refusal as refusal:
        if refusal.code in NO_LINK:
            raise
        return _wrong(token, {}, {"code": NO_FILE})


async def _withdraw(region: Region, token: str, form: Form) -> Response | View:
    """Take the appeal back; a refusal leaves the code unused."""
    if form.get("sure") != "yes":
        text = "Поставьте отметку, если действительно хотите прекратить рассмотрение"
        return _wrong(token, {"open": "withdraw"}, {"sure": text})
    try:
        async with region.work(ANONYMOUS) as work:
            link = await read_link(work, token)
            code = await use_code(work, link, token, form.get("code", ""))
            if code is None:
                return _wrong(token, {"open": "withdraw"}, {"code": WRONG_CODE})
            await withdraw_by_code(work, link, code)
    except Refusal as refusal:
        if refusal.code in NO_LINK:
            raise
        return _wrong(token, {"open": "withdraw"}, {"sure": refusal.text})
    return _seen("withdrawn")


ACTS: Mapping[str, Act] = {
    "mark": _mark,
    "code": _code,
    "papers": _papers,
    "file": _file,
    "withdraw": _withdraw,
}


def _wrong(token: str, typed: Form, errors: Mapping[str, str]) -> View:
    return View(token, typed, errors, status=422)


def _status(refusal: Refusal) -> int:
    return 429 if refusal.code is RefusalCode.TOO_MUCH else 422


def _seen(done: str, anchor: str = "") -> Response:
    """Back to the page by its own address, so that reloading it sends nothing again."""
    return RedirectResponse(f"?said={done}{anchor}", 303, headers=HEADERS)
