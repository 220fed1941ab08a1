"""What the board answers: who is signed in, which page, what is said where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.directory.model import Person
from core.directory.service import actor_of
from core.kernel.access import ANONYMOUS
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.rules.roles import Role
from core.region.tokens import DEMO_SUBJECT
from core.sessions.service import close_session, open_session, whose
from schema.board import case, steps
from schema.board.pages import Page, page_of
from schema.board.rendering import HEADERS, board_page, page
from schema.board.saved import Desk, Failed
from schema.graphql.errors import masked
from schema.graphql.operation import HttpRefusal
from schema.web.endpoint import Endpoint
from schema.web.forms import fits, form_token, is_foreign, read_form

STEP = "/step/"
LOGIN, LOGOUT, DEMO = "login", "logout", "login/demo/"


async def board(endpoint: Endpoint | None, request: Request) -> Response:
    """Answer a request to a page of a region; it never raises."""
    try:
        if endpoint is None:
            return _message(404, "Такого региона здесь нет", "Проверьте адрес.")
        return await _respond(endpoint, request)
    except Failed as failed:
        return _failed(failed)
    except HttpRefusal as refusal:
        return _message(refusal.status, "Страница не открывается", refusal.refusal.text)
    except Refusal as refusal:
        return _message(400, "Не принято", refusal.text)
    except Exception as error:  # noqa: BLE001 - the last place that can mask it
        told = masked(error, "board")["extensions"]["id"]
        text = f"Попробуйте ещё раз через несколько минут. Номер ошибки: {told}."
        return _message(500, "Страница временно не открывается", text)


async def index(endpoints: Mapping[str, Endpoint]) -> Response:
    """`/`: the regions served here; in a demo with a role to come in by, one click each."""
    regions = [
        {
            "code": code,
            "centre": one.region.passport.centre,
            "roles": await demo_roles(one.region),
        }
        for code, one in endpoints.items()
    ]
    return page("index.html", 200, {"regions": regions, "root": "/", "title": "Регионы"})


async def demo_roles(region: Region) -> list[Role]:
    """Roles that somebody of the demo holds; none in production."""
    if region.settings.production:
        return []
    async with region.database.reading() as session:
        subjects = set(await session.scalars(select(Person.subject)))
    roles = region.rules.all(Role, local_date(region.now(), region.passport.zone))
    return [role for role in roles if DEMO_SUBJECT.format(role=role.key) in subjects]


async def _respond(endpoint: Endpoint, request: Request) -> Response:
    region, path = endpoint.region, request.path_params.get("path", "")
    root = f"/{region.code}/"
    if path == LOGIN:
        return page(
            "login.html", 200, {"root": root, "centre": region.passport.centre,
                                "roles": await demo_roles(region), "title": "Вход"},
        )  # fmt: skip
    if path.startswith(DEMO):
        return await _demo(region, path.removeprefix(DEMO))
    name = request.cookies.get(cookie_of(region), "")
    now = region.now()
    signed = await whose(region, name, now)
    if path == LOGOUT:
        return await _logout(region, request, name)
    if signed is None:
        return RedirectResponse(f"{root}{LOGIN}", 303, headers=HEADERS)
    actor = await actor_of(
        region.database, signed.subject, local_date(now, region.passport.zone), region.rules
    )
    desk = Desk(endpoint, actor, now)
    return await _signed(desk, request, path, name)


async def _signed(desk: Desk, request: Request, path: str, name: str) -> Response:
    me = await who(desk)
    if STEP in path and path.startswith("appeals/"):
        number, _, mutation = path.removeprefix("appeals/").partition(STEP)
        return await _step(desk, me, request, number, mutation, name)
    found = page_of(path)
    if found is None or request.method not in ("GET", "HEAD"):
        return _message(404, "Такой страницы нет", "Проверьте адрес.", desk.region.code)
    chosen, rest = found
    asked = dict(request.query_params)
    values = await chosen.make(desk, asked, rest)
    shown = {**_of(chosen, rest), **values, "show": asked.get("show") == "queries"}
    return board_page(desk, chosen.template, me, shown)


async def who(desk: Desk) -> Mapping[str, Any]:
    """The name and the roles of whoever is signed in."""
    found = (await desk.ask("Me"))["me"]
    async with desk.region.reading(ANONYMOUS) as work:
        query = select(Person.name).where(Person.subject == desk.actor.subject)
        name = await work.session.scalar(query)
    roles = dict.fromkeys(one["role"]["name"] for one in found["grants"] if one["role"])
    return {"name": name or desk.actor.subject, "roles": ", ".join(roles), **found}


async def _step(
    desk: Desk, me: Mapping[str, Any], request: Request, number: str, mutation: str, name: str
) -> Response:
    form = steps.form_of(desk.endpoint.graphql, mutation)
    head = (await desk.ask("Case", id=await case.find(desk, number)))["appeal"]
    step = next((one for one in head["steps"] if one["mutation"] == mutation), None)
    if form is None or step is None:
        return _message(404, "Такого шага здесь нет", "Его делает API.", desk.region.code)
    sent = steps.Sent()
    if request.method == "POST":
        typed = dict(await read_form(request))
        if is_foreign(request, desk.region.settings.public_url) or not fits(
            name, 0, typed.get("form", "")
        ):
            return _message(403, "Форма не принята", "Откройте страницу дела ещё раз.")
        version = int(typed["version"]) if typed.get("version", "").isdigit() else 0
        sent = await steps.send(desk, form, head["id"], version, typed)
        if sent.text is None:
            address = f"/{desk.region.code}/appeals/{quote(number)}?done={mutation}"
            return RedirectResponse(address, 303, headers=HEADERS)
    holder = head["body"]["id"] if head["body"] else None
    form = await steps.with_choices(desk, form, holder)
    values = {
        "title": form.title,
        "room": "Обращения",
        "form": form,
        "step": step,
        "sent": sent,
        "case": head,
        "token": form_token(name),
    }
    return board_page(desk, "step.html", me, values, 422 if sent.text else 200)


async def _demo(region: Region, key: str) -> Response:
    """Sign in as the demo official of a role; where there is no demo there is no such page."""
    if key not in {role.key for role in await demo_roles(region)}:
        return _message(404, "Такой страницы нет", "Проверьте адрес.", region.code)
    lifetime = timedelta(hours=region.settings.session_hours)
    async with region.work(ANONYMOUS) as work:
        name = await open_session(work, DEMO_SUBJECT.format(role=key), lifetime)
    answer = RedirectResponse(f"/{region.code}/", 303, headers=HEADERS)
    secure = _encrypted(region)
    answer.set_cookie(
        cookie_of(region), name, path="/", secure=secure, httponly=True, samesite="lax"
    )
    return answer


async def _logout(region: Region, request: Request, name: str) -> Response:
    if request.method == "POST" and not is_foreign(request, region.settings.public_url):
        async with region.work(ANONYMOUS) as work:
            await close_session(work, name)
    answer = RedirectResponse(f"/{region.code}/{LOGIN}", 303, headers=HEADERS)
    answer.delete_cookie(cookie_of(region), path="/", secure=_encrypted(region), httponly=True)
    return answer


def cookie_of(region: Region) -> str:
    """What the cookie is called: of this host alone where there is encryption."""
    return f"{'__Host-' if _encrypted(region) else ''}tsur-{region.code}"


def _encrypted(region: Region) -> bool:
    return region.settings.public_url.startswith("https://")


def _of(chosen: Page, rest: str) -> dict[str, Any]:
    return {"title": rest or chosen.title, "room": chosen.room or "Обращения"}


def _failed(failed: Failed) -> Response:
    status = {"NOT_FOUND": 404, "FORBIDDEN": 403, "UNAUTHENTICATED": 403}.get(failed.code, 400)
    title = {404: "Не найдено", 403: "Нет права"}.get(status, "Не показывается")
    return _message(status, title, failed.text)


def _message(status: int, title: str, text: str, region: str = "") -> Response:
    root = f"/{region}/" if region else "/"
    return page("message.html", status, {"root": root, "title": title, "text": text})
