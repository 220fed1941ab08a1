"""Who comes in by a cookie: the session that the board opened serves the whole of a region."""

from __future__ import annotations

from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.directory.service import actor_of
from core.kernel.access import ANONYMOUS, Actor
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.sessions.service import whose
from schema.web.forms import sent_from_elsewhere
from schema.web.wire import Incoming

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Of every page that is made for one reader; its own policies stand beside them."""

HTMX = "HX-Request"
PLAIN = (
    "Доска открывается только по https: имя входа нельзя передавать открытым. "
    "Без шифрования она отвечает лишь на той же машине, где работает."
)


def encrypted(region: Region) -> bool:
    """Whether people reach the region by https."""
    return region.settings.public_url.startswith("https://")


def cookie_of(region: Region) -> str:
    """What the cookie is called: of this host alone where there is encryption."""
    return f"{'__Host-' if encrypted(region) else ''}tsur-{region.code}"


def is_exposed(region: Region, host: str | None) -> bool:
    """Whether a cookie would go in the open over a network: no https, and not this machine."""
    return not encrypted(region) and not _is_loopback(host or "")


async def visitor(region: Region, request: Incoming, now: datetime, *, uses: bool = True) -> Actor:
    """Who asks with the board's cookie; anonymous without one, or when another site's page asks.

    A stream, which asks again and again by itself, `uses` no session.
    """
    name = _cookie(request.header(b"cookie"), cookie_of(region))
    if name is None or _is_foreign(request, region):
        return ANONYMOUS
    signed = await whose(region, name, now, uses=uses)
    if signed is None:
        return ANONYMOUS
    today = local_date(now, region.passport.zone)
    return await actor_of(region.database, signed.subject, today, region.rules)


def to_login(region: Region, request: Request) -> Response:
    """Lead to the login, and from there back to the page.

    Who asked by htmx would put the login where a part of the page was: the page itself is led.
    """
    to = request.url.path.removeprefix(f"/{region.code}").removeprefix("/")
    to += f"?{request.url.query}" if request.url.query else ""
    address = f"/{region.code}/login" + (f"?{urlencode({'to': to})}" if to else "")
    if request.headers.get(HTMX) == "true":
        return Response(status_code=401, headers={**HEADERS, "HX-Redirect": address})
    return RedirectResponse(address, 303, headers=HEADERS)


def _is_foreign(request: Incoming, region: Region) -> bool:
    site, origin, host = map(request.header, (b"sec-fetch-site", b"origin", b"host"))
    return sent_from_elsewhere(site, origin, host, region.settings.public_url)


def _cookie(header: str | None, name: str) -> str | None:
    if header is None or name not in header:
        return None
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return None if found is None else found.value


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
