"""A region's own methods of units by hours and of blocks: law, command, life, API, end to end."""

from __future__ import annotations

import asyncio
import runpy
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import orjson
import pytest

from core.commands.regions import ready
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.settings import read_settings
from schema.web.app import create_app
from tests.conftest import OpenRegion
from tests.core.commands.conftest import Run, tsur  # noqa: F401
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.places import ROOT
from tests.schema.conftest import Api

pytestmark = pytest.mark.bare_rows
GROUND, PERIOD = "tests.grounds.rated", "2026-Q1"
SAME = runpy.run_path(str(ROOT / "docs/recompute_rating.py"))["same"]
STEP = """mutation M($input: RatingInput!) { publishTrialRating(input: $input) {
  ... on Rating { stage } ... on Refusal { code text } } }"""
SHOWN = """query R($method: String!) { rating(method: $method, period: "2026-Q1") { name
  clause { ref } versions { table { rates json entries { subject within name standing score cases
    contributions { criterion measure scaled } } } } } }"""


async def filled(region: Region) -> None:
    """Units that answer on the tenth day and later; the block of health besides."""
    await fill(region, "desk", MINIMUM, 7, block="roads")
    await fill(region, "bureau", 50, 50, block="health", on=date(2026, 2, 12))
    await fill(region, "ministry", 5, 0, block=None)


@pytest.fixture
async def api(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Api]:
    clock.at(2026, 6, 1)
    region = await open_test_region(GROUND)
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
        await appoint(work, "administrator", subject="demo-administrator")
        await appoint(work, "block-responsible", blocks=["roads"], subject="demo-head")
    await filled(region)
    app = create_app(region.settings, [region], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield Api(region, client)


async def table(api: Api, method: str, role: str) -> dict[str, Any]:
    rating = (await api.data(SHOWN, role, method=method))["rating"]
    (version,) = rating["versions"]
    return {**version["table"], "clause": rating["clause"]["ref"], "of": rating["name"]}


async def published(api: Api, method: str) -> None:
    given = {"method": method, "period": PERIOD}
    done = await api.data(STEP, "curator", input=given)
    assert done == {"publishTrialRating": {"stage": "TRIAL"}}


async def test_units_are_rated_by_hours(api: Api) -> None:
    await published(api, "units")
    whole = await table(api, "units", "curator")
    assert (whole["rates"], whole["clause"]) == ("UNITS", "rated.1/2")
    assert [(one["name"], one["within"], one["standing"]) for one in whole["entries"]] == [
        ("Отдел писем (Министерство)", "ministry", "место 1"),
        ("Отдел дорог (Министерство)", "ministry", "место 2"),
    ]
    parts = [one["contributions"][1] for one in whole["entries"]]
    assert parts == [
        {"criterion": "time", "measure": "HOURS", "scaled": 93},
        {"criterion": "time", "measure": "HOURS", "scaled": 50},
    ]
    kept = orjson.loads(whole["json"])
    assert [SAME(kept, one) for one in kept["entries"]] == [True, True]
    other = await table(api, "units", "administrator")
    assert [(one["subject"], one["score"], one["cases"]) for one in other["entries"]] == [
        ("desk", 93, 100), ("bureau", 50, 100),
    ]  # fmt: skip
    assert other["json"] is None


async def test_blocks_are_told_to_their_responsible(api: Api) -> None:
    await published(api, "blocks")
    whole = await table(api, "blocks", "curator")
    assert (whole["rates"], whole["clause"]) == ("BLOCKS", "rated.1/3")
    assert [one["subject"] for one in whole["entries"]] == ["block:roads", "block:health"]
    kept = orjson.loads(whole["json"])
    assert [SAME(kept, one) for one in kept["entries"]] == [True, True]
    (own,) = (await table(api, "blocks", "head"))["entries"]
    assert (own["subject"], own["cases"]) == ("block:roads", 100)
    assert (await table(api, "blocks", "administrator"))["entries"] == []


@pytest.mark.parametrize(
    ("method", "lines"),
    [
        (
            "units",
            "1-1\t93.0\t100\tОтдел писем (Министерство)\n"
            "2-2\t50.0\t100\tОтдел дорог (Министерство)\n",
        ),
        ("blocks", "1-1\t96.5\t100\tОтветственный за блок «"),
    ],
)
def test_the_command_tells_them(
    tsur: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    lines: str,
) -> None:
    monkeypatch.setenv("TSUR_REGIONS", GROUND)
    assert tsur("migrate")[0] == 0

    async def prepared() -> None:
        async with ready(read_settings(), GROUND) as region:
            await filled(region)

    asyncio.run(prepared())
    asked = ("rating", GROUND, "--method", method, "--period", PERIOD)
    code, out, err = tsur(*asked)
    assert (code, err) == (0, "")
    assert out.startswith(lines)
    kept = orjson.loads(tsur(*asked, "--json")[1])
    assert [SAME(kept, one) for one in kept["entries"]] == [True, True]
    assert kept["rates"] == method
