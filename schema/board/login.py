"""Coming in and going out: by the issuer's code flow, in a demo by one click.

What a login needs until it comes back lies sealed in a cookie of its own, so any number of tabs
may be on their way at once.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.directory.service import actor_of
from core.kernel.access import ANONYMOUS, Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keys import BadSignature
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.region.issuer import Issuer
from core.region.tokens import LONGEST_SUBJECT, checked
from core.sessions.service import close_logins, close_session, open_session, rights_of
from schema.board.rendering import HEADERS, page
from schema.board.sitemap import landing
from schema.web.endpoint import Endpoint
from schema.web.forms import is_foreign, read_form
from schema.web.quotas import Counted
from schema.web.visitors import cookie_of, encrypted

AWAY, BACK, OUT = "login/issuer", "login/back", "logout/issuer"
LOGIN_LIFETIME = timedelta(minutes=10)
"""How long somebody may be at the issuer."""

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_KINDS = ("logout+jwt", "jwt")


class LoginFailed(Exception):
    """A login that came to nothing: what is said of it, in Russian."""


async def away(region: Region, issuer: Issuer, request: Request) -> Response:
    """Send the browser to the issuer, who sends it back with a code."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": region.settings.oidc_client,
        "redirect_uri": _back(region),
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = await issuer.address("authorization_endpoint")
    joint = "&" if "?" in address else "?"
    answer = RedirectResponse(f"{address}{joint}{urlencode(asked)}", 303, headers=HEADERS)
    ends = (region.now() + LOGIN_LIFETIME).timestamp()
    kept = {"nonce": nonce, "verifier": verifier, "to": wanted(region, request), "ends": ends}
    sealed = region.keys.seal(kept).decode()
    _set(region, answer, _on_the_way(region, state), sealed, int(LOGIN_LIFETIME.total_seconds()))
    return answer


async def back(endpoint: Endpoint, issuer: Issuer, request: Request) -> Response:
    """Take the code that the issuer gave, and open a session; LoginFailed with what is wrong."""
    region, state = endpoint.region, request.query_params.get("state", "")
    kept = _kept(region, request, state)
    if request.query_params.get("iss", issuer.name) != issuer.name:
        raise LoginFailed("Ответил другой сервер входа: войдите снова.")
    code = request.query_params.get("code")
    if code is None:
        raise LoginFailed("Сервер входа отказал во входе или вход был отменён.")
    try:
        claims = await _claims(region, issuer, kept, code)
    except Refusal as refusal:
        if refusal.code is RefusalCode.UNAUTHENTICATED:
            host = request.client.host if request.client else ""
            await endpoint.quotas.require(Counted.LOGINS, region.code, host)
        raise LoginFailed(f"{refusal.text}.") from refusal
    actor = await actor_now(region, claims["sub"])
    if not actor.grants:
        raise LoginFailed("Назначений у Вас сегодня нет: обратитесь к администратору центра.")
    answer = await signed_in(region, request, actor, kept["to"], claims.get("sid"))
    answer.delete_cookie(_on_the_way(region, state), path="/", secure=encrypted(region))
    return answer


async def signed_in(
    region: Region, request: Request, actor: Actor, to: str, login: str | None = None
) -> Response:
    """Open a session of the actor under a new name; what the browser had before is closed."""
    lifetime = timedelta(hours=region.settings.session_hours)
    async with region.work(ANONYMOUS) as work:
        await close_session(work, request.cookies.get(cookie_of(region), ""))
        rights = rights_of(actor)
        name = await open_session(work, actor.subject, lifetime, login=login, rights=rights)
    first = f"/{region.code}/"
    whither = first + landing(actor) if to == first else to
    answer = RedirectResponse(whither, 303, headers=HEADERS)
    give(region, answer, name)
    return answer


def give(region: Region, answer: Response, name: str) -> None:
    """Tell the browser the name of its session."""
    _set(region, answer, cookie_of(region), name)


async def out(region: Region, issuer: Issuer | None, request: Request) -> Response:
    """Close the session; who came in through the issuer is led out there too."""
    answer: Response = RedirectResponse(f"/{region.code}/login", 303, headers=HEADERS)
    if request.method != "POST" or is_foreign(request, region.settings.public_url):
        return answer
    async with region.work(ANONYMOUS) as work:
        await close_session(work, request.cookies.get(cookie_of(region), ""))
    if issuer is not None and (address := await _ending(region, issuer)):
        values = {"title": "Вы вышли", "root": f"/{region.code}/", "address": address}
        answer = page("out.html", 200, values)
    secure = encrypted(region)
    answer.delete_cookie(cookie_of(region), path="/", secure=secure, httponly=True)
    return answer


async def told_out(endpoint: Endpoint, issuer: Issuer, request: Request) -> Response:
    """The issuer says that a login has ended: its sessions end here (OIDC Back-Channel Logout)."""
    region = endpoint.region
    try:
        token = (await read_form(request)).get("logout_token", "")
        audience, now = region.settings.oidc_client, region.now()
        claims = await checked(issuer, token, audience, now, LOGOUT_KINDS)
        login, subject = claims.get("sid"), claims.get("sub")
        events = claims.get("events")
        if not isinstance(events, dict) or LOGOUT not in events or "nonce" in claims:
            raise Refusal(RefusalCode.MALFORMED, "Это не токен выхода")
        if not all(isinstance(one, str | None) for one in (login, subject)) or not (
            login or subject
        ):
            raise Refusal(RefusalCode.MALFORMED, "Токен выхода никого не называет")
    except Refusal as refusal:
        host = request.client.host if request.client else ""
        await endpoint.quotas.require(Counted.LOGINS, region.code, host)
        return Response(refusal.text, 400, headers=HEADERS)
    async with region.work(ANONYMOUS) as work:
        await close_logins(work, login=login, subject=subject)
    return Response(status_code=200, headers=HEADERS)


async def actor_now(region: Region, subject: str) -> Actor:
    """The person of the subject with what he may do today."""
    today = local_date(region.now(), region.passport.zone)
    return await actor_of(region.database, subject, today, region.rules)


def wanted(region: Region, request: Request) -> str:
    """Where the address asks to be led after the login: a page of this region, else its first."""
    root, to = f"/{region.code}/", request.query_params.get("to", "")
    return root + quote(to.lstrip("/\\"), safe="/?=&%,:+") if to.isprintable() else root


async def _claims(
    region: Region, issuer: Issuer, kept: Mapping[str, Any], code: str
) -> dict[str, Any]:
    """What the issuer's token says of who came in; Refusal(UNAUTHENTICATED) for a wrong one."""
    settings = region.settings
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(region),
        "client_id": settings.oidc_client,
        "code_verifier": kept["verifier"],
    }
    secret = settings.oidc_client_secret
    found = await issuer.exchanged(form, secret.get_secret_value() if secret else None)
    token = found.get("id_token")
    claims = await checked(
        issuer, token if isinstance(token, str) else "", settings.oidc_client, region.now()
    )
    subject, login, nonce = (claims.get(name) for name in ("sub", "sid", "nonce"))
    if not isinstance(subject, str) or not isinstance(nonce, str):
        raise _unconfirmed()
    fits = hmac.compare_digest(nonce.encode(), kept["nonce"].encode())
    ours = claims.get("azp", settings.oidc_client) == settings.oidc_client
    if not (fits and ours and 0 < len(subject) <= LONGEST_SUBJECT and subject.isprintable()):
        raise _unconfirmed()
    if not isinstance(login, str | None):
        raise _unconfirmed()
    return claims


def _unconfirmed() -> Refusal:
    return Refusal(RefusalCode.UNAUTHENTICATED, "Вход не подтверждён: войдите снова")


def _kept(region: Region, request: Request, state: str) -> dict[str, Any]:
    """What was kept for this login; LoginFailed where this browser began none, or long ago."""
    sealed = request.cookies.get(_on_the_way(region, state), "")
    try:
        kept = region.keys.unseal(sealed.encode())
    except (BadSignature, ValueError):
        kept = {"ends": 0}
    if not state or kept["ends"] <= region.now().timestamp():
        raise LoginFailed("Этот вход начат не здесь или слишком давно: войдите снова.")
    return kept


async def _ending(region: Region, issuer: Issuer) -> str | None:
    """Where a login ends at the issuer; None where it says nothing of it."""
    try:
        address = await issuer.address("end_session_endpoint")
    except Refusal:
        return None
    home = f"{region.settings.public_url}/{region.code}/login"
    asked = {"client_id": region.settings.oidc_client, "post_logout_redirect_uri": home}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _back(region: Region) -> str:
    return f"{region.settings.public_url}/{region.code}/{BACK}"


def _on_the_way(region: Region, state: str) -> str:
    """The cookie of one login on its way."""
    return f"{cookie_of(region)}-{sha256(state.encode()).hexdigest()[:16]}"


def _set(
    region: Region, answer: Response, name: str, value: str, seconds: int | None = None
) -> None:
    secure = encrypted(region)
    answer.set_cookie(name, value, seconds, path="/", secure=secure, httponly=True, samesite="lax")
