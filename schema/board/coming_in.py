"""Coming in: the page of login, the demo's roles, the way to the issuer and back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core.kernel.region import Region
from core.region.tokens import DEMO_SUBJECT
from schema.board import login
from schema.board.entrance import demo_roles
from schema.board.rendering import message, page
from schema.web.endpoint import Endpoint

LOGIN, DEMO = "login", "login/demo/"


async def come_in(endpoint: Endpoint, request: Request, path: str) -> Response:
    """Whatever is answered at the addresses of login and logout, to whoever is not signed in."""
    region, issuer = endpoint.region, request.app.state.issuer
    if path == LOGIN:
        values = {
            "root": f"/{region.code}/",
            "centre": region.passport.centre,
            "roles": await demo_roles(region),
            "issuer": issuer,
            "to": request.query_params.get("to", ""),
            "title": "Вход",
        }
        return page("login.html", 200, values)
    if path.startswith(DEMO):
        return await _demo(region, request, path.removeprefix(DEMO))
    try:
        if issuer is not None and path == login.AWAY:
            return await login.away(region, issuer, request)
        if issuer is not None and path == login.BACK:
            return await login.back(endpoint, issuer, request)
    except login.LoginFailed as failed:
        return message(403, "Войти не удалось", str(failed), f"{region.code}/{LOGIN}")
    if issuer is not None and path == login.OUT and request.method == "POST":
        return await login.told_out(endpoint, issuer, request)
    return message(404, "Такой страницы нет", "Проверьте адрес.", region.code)


async def _demo(region: Region, request: Request, key: str) -> Response:
    """Sign in as the demo official of a role; where there is no demo there is no such page."""
    if key not in {role.key for role in await demo_roles(region)}:
        return message(404, "Такой страницы нет", "Проверьте адрес.", region.code)
    actor = await login.actor_now(region, DEMO_SUBJECT.format(role=key))
    return await login.signed_in(region, request, actor, login.wanted(region, request))
