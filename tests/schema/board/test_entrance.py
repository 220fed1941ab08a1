"""`/ops` leads to the page of the region that the visitor keeps; else it says which there are."""

from __future__ import annotations

import re

import httpx

from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.roles import Role
from schema.web.app import create_app
from tests.fixtures.actors import appoint
from tests.schema.board.conftest import Visitor, heading, visiting


async def test_of_the_one_region(visitor: Visitor) -> None:
    answer = await visitor.http.get("/ops")
    assert (answer.status_code, answer.headers["location"]) == (303, "/polygon/ops")
    await visitor.enter("administrator")
    shown = await visitor.http.get("/ops", follow_redirects=True)
    assert (shown.status_code, heading(shown)) == (200, "Работа системы")


async def test_of_several_by_who_is_signed_in(polygon: Region, kursk: Region) -> None:
    for region in (polygon, kursk):
        async with region.work(system()) as work:
            for role in ("curator", "administrator"):
                await appoint(work, role, subject=f"demo-{role}")
    app = create_app(polygon.settings, [polygon, kursk], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):
        page = await http.get("/ops")
        assert (page.status_code, heading(page)) == (200, "Работа системы: какого региона")
        for code in ("polygon", "kursk"):
            assert f'<a href="/{code}/ops">' in page.text
        await http.get("/polygon/login/demo/curator")
        assert (await http.get("/ops")).status_code == 200
        await http.get("/kursk/login/demo/administrator")
        assert (await http.get("/ops")).headers["location"] == "/kursk/ops"
        assert heading(await http.get("/")) == "Центры управления регионом"


async def test_nobody_is_led_where_he_may_not_go(kursk: Region) -> None:
    """Of every role of a region: whatever stands in its navigation opens."""
    roles = [one.key for one in kursk.rules.all(Role, kursk.now().date())]
    async with kursk.work(system()) as work:
        for role in roles:
            await appoint(work, role, subject=f"demo-{role}")
    shut, led = list[tuple[str, str]](), dict[str, set[str]]()
    async with visiting(kursk) as visitor:
        for role in roles:
            await visitor.enter(role)
            first = await visitor.http.get("/kursk/", follow_redirects=True)
            assert first.status_code == 200, role
            (rooms,) = re.findall(r'<nav class="rooms".*?</nav>', first.text, re.DOTALL)
            led[role] = set(re.findall(r'href="/kursk/([\w-]*)"', rooms))
            for path in led[role]:
                if (await visitor.get(path)).status_code != 200:
                    shut.append((role, path))
    assert shut == []
    assert led["notifier"] == {"figures", "map", "law"}
    assert led["channel-adapter"] == {"figures", "map", "law", "intake"}
    assert {"incoming", "structure"} <= led["coordinator"]
