"""Pages of no one region: which there are, and which of them somebody is meant to operate."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.directory.model import Person
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.rules.roles import Role
from core.region.tokens import DEMO_SUBJECT
from core.sessions.service import whose
from schema.board.rendering import HEADERS, page
from schema.board.sitemap import OPERATING
from schema.web.endpoint import Endpoint
from schema.web.visitors import cookie_of

REGIONS = "Центры управления регионом"
WHICH = "Работа системы: какого региона"


async def index(request: Request) -> Response:
    """`/`: the regions served here; in a demo with a role to come in by, one click each.

    `/ops` is that page of the one region, or of the first one that the visitor keeps.
    """
    endpoints: Sequence[Endpoint] = tuple(request.app.state.endpoints.values())
    operating = request.url.path == f"/{OPERATING}"
    if operating and (code := await _kept(endpoints, request)) is not None:
        return RedirectResponse(f"/{code}/{OPERATING}", 303, headers=HEADERS)
    regions = [
        {
            "code": one.region.code,
            "centre": one.region.passport.centre,
            "roles": [] if operating else await demo_roles(one.region),
        }
        for one in endpoints
    ]
    heading = WHICH if operating else REGIONS
    shown = {"regions": regions, "heading": heading, "place": OPERATING if operating else ""}
    titled = "Работа системы" if operating else "Регионы"
    return page("index.html", 200, {**shown, "root": "/", "title": titled})


async def demo_roles(region: Region) -> list[Role]:
    """Roles that somebody of the demo holds; none in production."""
    if region.settings.production:
        return []
    async with region.database.reading() as session:
        subjects = set(await session.scalars(select(Person.subject)))
    roles = region.rules.all(Role, local_date(region.now(), region.passport.zone))
    return [role for role in roles if DEMO_SUBJECT.format(role=role.key) in subjects]


async def _kept(endpoints: Sequence[Endpoint], request: Request) -> str | None:
    """The one region, or the first that whoever is signed in operates; None where there is none."""
    if len(endpoints) == 1:
        return endpoints[0].region.code
    for one in endpoints:
        name, now = request.cookies.get(cookie_of(one.region), ""), one.region.now()
        signed = await whose(one.region, name, now, uses=False) if name else None
        if signed is None:
            continue
        if (await one.official(signed.subject, now)).may(Permission.OPERATE):
            return one.region.code
    return None
