"""What the board answers: who is signed in, which page, what is said where there is none."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from core.kernel.access import ANONYMOUS
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.sessions.service import Signed, close_session, renew_session, rights_of, whose
from schema.board import live, login
from schema.board.accent import SHEET, sheet
from schema.board.actions.applicant import APPLICANT, applicant_page
from schema.board.actions.batches import PLACE as BATCHES
from schema.board.actions.batches import batches
from schema.board.actions.calendar import calendar
from schema.board.actions.export import FILES, export
from schema.board.actions.files import KEPT, files_page
from schema.board.actions.incoming_page import letter_page
from schema.board.actions.intake import PLACE, intake
from schema.board.actions.left import left_behind
from schema.board.actions.letters import PLACE as LETTERS
from schema.board.actions.letters import letters
from schema.board.actions.papers import papers
from schema.board.actions.step_page import STEP, step_page
from schema.board.actions.tabulations import tabulations
from schema.board.actions.things import PAPERS
from schema.board.actions.views import PLACE as VIEWS
from schema.board.actions.views import views
from schema.board.added import added, cards_of, pages_of
from schema.board.coming_in import LOGIN, come_in
from schema.board.forms import drafts
from schema.board.forms.drafts import SAVING
from schema.board.forms.posted import NotOurs
from schema.board.forms.pressed import Pressed, done, page_token
from schema.board.forms.steps import step_in
from schema.board.lists import appeals as lists
from schema.board.lists.address import FOUND, asked_in, tidied
from schema.board.pages.figures import ROOM
from schema.board.pages.incoming import PLACE as INCOMING
from schema.board.pages.obligations import PLACE as OWED
from schema.board.parameters import check_parameters
from schema.board.rendering import HEADERS, board_page, message
from schema.board.saved import Failed, PageContext
from schema.board.sitemap import beginning, page_of
from schema.board.words.people import who
from schema.graphql.errors import AWAY, RETRY, away, masked
from schema.graphql.operation import HttpRefusal
from schema.web.endpoint import Endpoint
from schema.web.visitors import PLAIN, cookie_of, is_exposed, to_login

Form = Callable[[PageContext, Mapping[str, Any], Request, str, Sequence[str]], Awaitable[Response]]
Take = Callable[
    [PageContext, Mapping[str, Any], Request, str, Sequence[str]], Awaitable[Response | None]
]
TAKING: Mapping[str, Take] = {
    BATCHES: batches,
    LETTERS: letters,
    VIEWS: views,
    ROOM: tabulations,
    OWED: calendar,
    **dict.fromkeys(PAPERS, papers),
    INCOMING: letter_page,
}
"""What takes forms beside the steps of a case, by the first word of the path."""

log = logging.getLogger("tsur.requests")
LOGOUT, STAY = "logout", "stay"
READING = ("GET", "HEAD")


async def board(endpoint: Endpoint | None, request: Request) -> Response:
    """Answer a request to a page of a region; it never raises."""
    try:
        if endpoint is None:
            return message(404, "Такого региона здесь нет", "Проверьте адрес.")
        return await _respond(endpoint, request)
    except Failed as failed:
        return _failed(failed)
    except NotOurs:
        return message(403, "Форма не принята", "Откройте страницу ещё раз.")
    except HttpRefusal as refusal:
        answer = message(refusal.status, "Страница не открывается", refusal.refusal.text)
        answer.headers.update(refusal.headers)
        return answer
    except Refusal as refusal:
        return message(400, "Не принято", refusal.text)
    except ClientDisconnect:
        return message(400, "Не принято", "Форма пришла не вся: отправьте её ещё раз.")
    except Exception as error:  # noqa: BLE001 - the last place that can mask it
        if (why := away([error])) is not None:
            log.warning("a page of the board is out of reach: %s", why)
            answer = message(503, "Страница временно не открывается", AWAY.sentence)
            answer.headers.update(RETRY)
            return answer
        told = masked(error, "board")["extensions"]["id"]
        text = f"Попробуйте ещё раз через несколько минут. Номер ошибки: {told}."
        return message(500, "Страница временно не открывается", text)


async def _respond(endpoint: Endpoint, request: Request) -> Response:
    region, path = endpoint.region, request.path_params.get("path", "")
    if "\0" in path:  # nothing is called so, and PostgreSQL takes no such text
        return message(404, "Такой страницы нет", "Проверьте адрес.", region.code)
    if is_exposed(region, request.url.hostname):
        return message(403, "Здесь войти нельзя", PLAIN)
    if path == LOGIN or path.startswith((f"{LOGIN}/", f"{LOGOUT}/")):
        return await come_in(endpoint, request, path)
    issuer = request.app.state.issuer
    if path == LOGOUT:
        return await login.out(region, issuer, request)
    name, now = request.cookies.get(cookie_of(region), ""), region.now()
    if path == live.STREAM and request.method == "GET":
        return await live.stream(endpoint, request)
    uses = path not in (STAY, live.NEWS) or request.method == "POST"
    signed = await whose(region, name, now, uses=uses)
    if path == STAY:
        return _left(signed, now)
    if path == SHEET:
        return _accent(region)
    if path.startswith(SAVING) and request.method == "POST":
        place = path.removeprefix(SAVING)
        return await drafts.save(region, request, place, name)
    if signed is None:
        if request.method == "POST":
            await drafts.kept_for(region, request, path, name, live=False)
        return to_login(region, request)
    actor = await endpoint.official(signed.subject, now)
    await endpoint.quota(request.client.host if request.client else "", actor)
    left = (signed.ends_at - now).total_seconds()
    context = PageContext(endpoint, actor, now, left, own=added(region.boards).operations)
    if path == live.NEWS:
        return await live.news(context, request)
    return await _by_rights(context, request, path, name, signed)


async def _by_rights(
    context: PageContext, request: Request, path: str, name: str, signed: Signed
) -> Response:
    """Answer by what the person may do today: with other rights the session gets another name."""
    rights = rights_of(context.actor)
    if signed.rights in (None, rights):
        return await _signed(context, request, path, (name,))
    async with context.region.work(ANONYMOUS) as work:
        if not context.actor.grants:
            await close_session(work, name)
            renewed = None
        else:
            renewed = await renew_session(work, name, signed, rights)
    if renewed is None:
        if request.method == "POST":
            await drafts.kept_for(context.region, request, path, name, live=False)
        return to_login(context.region, request)
    answer = await _signed(context, request, path, (name, renewed))
    login.give(context.region, answer, renewed)
    return answer


async def _signed(
    context: PageContext, request: Request, path: str, names: tuple[str, ...]
) -> Response:
    context.token = page_token(names[-1])
    if request.method not in READING:
        return await _pressed(context, request, path, names)  # it reads what it has just written
    context.done = step_in(context.endpoint.graphql, request.query_params.get("done", ""))
    context.cursor = await live.begun(context, path)
    found = page_of(path, pages_of(context.region.boards))
    async with context.one_state(at_once=found is None or not found[0].of_rules):
        await live.stands(context)
        return await _answered(context, request, path, names)


async def _pressed(
    context: PageContext, request: Request, path: str, names: tuple[str, ...]
) -> Response:
    """What came of a form, as of the first press of it."""
    answer: Response | None = None
    try:
        answer = await _answered(context, request, path, names)
    except Pressed as pressed:
        return pressed.answer
    finally:
        done(context, answer)
    return answer


async def _answered(
    context: PageContext, request: Request, path: str, names: tuple[str, ...]
) -> Response:
    me = await who(context)
    try:
        return await _made(context, me, request, path, names)
    except Failed as failed:
        if failed.code != RefusalCode.NOT_FOUND:
            raise
        answer = await left_behind(context, me, request, path, names, failed.text)
        if answer is None:
            raise
        return answer


async def _made(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: tuple[str, ...]
) -> Response:
    if request.method in READING:
        variables = added(context.region.boards).variables(path)
        check_parameters(request.query_params.keys(), path, variables)
    if path == PLACE:
        return await intake(context, me, request, names)
    if path.startswith("appeals/") and (made := _of_case(path)) is not None:
        return await made(context, me, request, path, names)
    if path in FILES and request.method in READING:
        return await export(context, request.query_params, *FILES[path])
    taking = TAKING.get(path.partition("/")[0])
    if (
        taking is not None
        and (answer := await taking(context, me, request, path, names)) is not None
    ):
        return answer
    found = page_of(path, pages_of(context.region.boards))
    if found is None or request.method not in READING:
        return message(404, "Такой страницы нет", "Проверьте адрес.", context.region.code)
    chosen, rest = found
    if not path and (first := beginning(context.actor)):
        return RedirectResponse(f"/{context.region.code}/{first}", 303, headers=HEADERS)
    asked = asked_in(request.query_params)
    if FOUND in asked:
        to = await lists.straight(context, asked) or request.url.path + tidied(asked)
        return RedirectResponse(to, 303, headers=HEADERS)
    values = await chosen.make(context, asked, rest)
    cards = await cards_of(context, chosen.path)
    own = {"cards": cards, "title": rest or chosen.title, "room": chosen.room or "Обращения"}
    values = {**own, "live": live.bar(context, chosen.path, asked, rest), "asked": asked, **values}
    shown = {**values, "show": asked.get("show") == "queries"}
    return board_page(context, shown.pop("template", chosen.template), me, shown)


def _of_case(path: str) -> Form | None:
    """What else there is of a case beside its page: forms of its steps, the applicant, files."""
    if STEP in path:
        return step_page
    if path.endswith(KEPT):
        return files_page
    return applicant_page if path.endswith(APPLICANT) else None


def _accent(region: Region) -> Response:
    """The colour of the region, where it has its own."""
    own = added(region.boards).accent
    if not own:
        return Response(status_code=404, headers=HEADERS)
    return Response(sheet(own), headers=HEADERS, media_type="text/css")


def _left(signed: Signed | None, now: datetime) -> Response:
    """How many seconds the session has left; asked by POST it begins to count anew."""
    if signed is None:
        return Response(status_code=401, headers=HEADERS)
    left = (signed.ends_at - now).total_seconds()
    return JSONResponse({"left": int(left)}, headers=HEADERS)


def _failed(failed: Failed) -> Response:
    status = {"NOT_FOUND": 404, "FORBIDDEN": 403, "UNAUTHENTICATED": 403}.get(failed.code, 400)
    title = {404: "Не найдено", 403: "Нет права"}.get(status, "Не показывается")
    return message(status, title, failed.text)
