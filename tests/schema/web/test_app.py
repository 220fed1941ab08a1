"""The application around the regions: readiness, pages for browsers, other origins, jobs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import select

from core.db.database import Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.opening import open_region
from schema.board.saved import saved
from schema.web.app import create_app
from schema.web.pages import STATIC, operations
from tests.schema.conftest import Api

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NOTED = select(JournalEntry.subject).where(JournalEntry.name == "noted")
PASSPORT = {"query": "{ passport { name } }"}


@asynccontextmanager
async def serving(
    *regions: Region, jobs: bool = False, **settings: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """The application for these regions under changed settings."""
    changed = [replace(r, settings=r.settings.model_copy(update=settings)) for r in regions]
    app = create_app(changed[0].settings, changed, jobs=jobs)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def test_ready_when_every_region_is(polygon: Region, kursk: Region) -> None:
    async with serving(polygon, kursk) as http:
        response = await http.get("/healthz")
    assert response.status_code == 200
    lag = {"polygon": 0, "kursk": 0}
    regions = {"polygon": "ok", "kursk": "ok"}
    assert response.json() == {"ready": True, "regions": regions, "lag": lag}


async def test_an_address_with_a_slash_behind_it_leads_to_the_same_without(polygon: Region) -> None:
    async with serving(polygon) as http:
        for asked, led in (
            ("/ops/", "/ops"),
            ("/healthz/", "/healthz"),
            ("/polygon/graphql/?x=1", "/polygon/graphql?x=1"),
            ("/polygon/appeals/?overdue=1", "/polygon/appeals?overdue=1"),
            ("/polygon/login//", "/polygon/login"),
            ("/polygon//", "/polygon"),
            ("/nowhere/law/", "/nowhere/law"),
        ):
            answer = await http.get(asked)
            assert (answer.status_code, answer.headers["location"]) == (307, led), asked
        assert (await http.get("/polygon/login%2F")).headers["location"] == "/polygon/login"
        assert (await http.get("//evil.example/")).headers.get("location", "/") == "/"


async def test_not_ready_before_the_migration(polygon: Region, settings: Settings) -> None:
    bare = open_region("murmansk", settings)
    (settings.data_dir / "murmansk").mkdir(parents=True, exist_ok=True)
    async with serving(polygon, bare) as http:
        response = await http.get("/healthz")
    await bare.database.close()
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "regions": {"polygon": "ok", "murmansk": "not migrated"},
    }


async def test_not_ready_without_the_database(polygon: Region) -> None:
    away = Database("postgresql+asyncpg://nobody@127.0.0.1:1/nowhere")
    async with serving(replace(polygon, database=away)) as http:
        response = await http.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "regions": {"polygon": "no answer"}}


async def test_the_first_page_lists_the_regions(polygon: Region, kursk: Region) -> None:
    async with serving(polygon, kursk) as http:
        page = (await http.get("/")).text
    assert re.findall('<h2><a href="(.*?)">(.*?)</a>', page) == [
        ("/polygon/", "Центр управления полигоном"),
        ("/kursk/", kursk.passport.centre),
    ]


async def test_browsers_get_graphiql_from_our_own_files(api: Api) -> None:
    response = await api.http.get(api.path, headers=BROWSER)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"].startswith("default-src 'self'; ")
    assert "//" not in re.sub("<script type=.*?</script>", "", response.text, flags=re.DOTALL)
    found = re.search('id="operations">(.*?)</script>', response.text, re.DOTALL)
    assert found is not None
    data = orjson.loads(found[1])
    assert data == {"title": "Центр управления полигоном", "operations": operations()}
    for address in re.findall(r'(?:src|href)="\.\.(.*?)"', response.text):
        assert (await api.http.get(address)).status_code == 200


async def test_an_operation_of_the_board_is_opened_with_its_variables(api: Api) -> None:
    asked = {"board": "Find", "variables": '{"number": "</script>12"}'}
    page = (await api.http.get(api.path, params=asked, headers=BROWSER)).text
    found = re.search('id="operations">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = orjson.loads(found[1])
    opened = {"query": saved("Find"), "variables": asked["variables"]}
    assert (data["opened"], data["operations"]) == (opened, [opened, *operations()])
    unknown = (await api.http.get(api.path, params={"board": "../x"}, headers=BROWSER)).text
    assert '"opened"' not in unknown


async def test_graphiql_asks_nobody_else() -> None:
    style = (STATIC / "graphiql" / "graphiql.css").read_text("utf-8")
    assert set(re.findall(r"url\(\s*[\"']?(.{5})", style)) == {"data:"}
    size = sum(path.stat().st_size for path in (STATIC / "graphiql").iterdir())
    assert size < 3_000_000


async def test_a_browser_with_a_query_gets_data(api: Api) -> None:
    response = await api.http.get(api.path, params=PASSPORT, headers=BROWSER)
    assert response.json()["data"] == {"passport": {"name": "Полигон"}}


async def test_graphiql_is_a_setting(polygon: Region) -> None:
    async with serving(polygon, graphiql=False) as http:
        response = await http.get("/polygon/graphql", headers=BROWSER)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json; charset=utf-8"


async def test_another_origin_is_a_setting(polygon: Region) -> None:
    origin = "https://front.example"
    preflight = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    async with serving(polygon, cors_origins=(origin,)) as http:
        asked = await http.options("/polygon/graphql", headers=preflight)
        answer = await http.post("/polygon/graphql", json=PASSPORT, headers={"Origin": origin})
        stranger = await http.options(
            "/polygon/graphql", headers={**preflight, "Origin": "https://elsewhere.example"}
        )
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, origin)
    assert answer.headers["access-control-allow-origin"] == origin
    assert stranger.status_code == 400


async def test_without_a_broker_the_process_works_its_jobs_off(polygon: Region) -> None:
    async with polygon.work(system()) as work:
        work.later("note", {"subject": "appeal:1"})
    async with serving(polygon, jobs=True, poll_seconds=0.05), asyncio.timeout(60):
        while True:
            async with polygon.database.reading() as session:
                noted = list(await session.scalars(NOTED))
            if noted:
                break
            await asyncio.sleep(0.05)
    assert noted == ["appeal:1"]


async def test_with_a_broker_it_does_not(polygon: Region) -> None:
    async with polygon.work(system()) as work:
        work.later("note", {"subject": "appeal:1"})
    broker = "redis://127.0.0.1:1"
    async with serving(polygon, jobs=True, broker_url=broker, poll_seconds=0.01):
        await asyncio.sleep(0.2)
    async with polygon.database.reading() as session:
        assert list(await session.scalars(NOTED)) == []


async def test_production_does_not_start_without_an_issuer(polygon: Region) -> None:
    with pytest.raises(Refusal, match="TSUR_OIDC_ISSUER"):
        async with serving(polygon, production=True):
            pass


async def test_it_opens_and_closes_the_regions_that_the_settings_name(settings: Settings) -> None:
    chosen = settings.model_copy(update={"regions": ("murmansk", "kursk")})
    for code in chosen.regions:
        (chosen.data_dir / code).mkdir(parents=True)
    app = create_app(chosen, jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):
        names = [
            (await http.post(f"/{code}/graphql", json=PASSPORT)).json()["data"]["passport"]["name"]
            for code in chosen.regions
        ]
    assert names == ["Мурманская область", "Курская область"]
