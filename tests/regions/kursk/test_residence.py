"""Where the author lives, from file and request to row: it alone makes a message the city's."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from core.appeals.exchange.imports import import_file
from core.appeals.intake.new import NewAppeal
from core.appeals.model import Appeal
from core.appeals.rules.intake import Residence
from core.kernel.access import system
from core.kernel.region import Region
from schema.web.app import create_app
from tests.conftest import OpenRegion
from tests.fixtures.actors import appoint
from tests.regions.differences import placed
from tests.schema.conftest import Api

HEADER = "external_id,channel,text,received,theme,municipality,residence,residence_municipality"
TAKE = """
mutation ($id: String!, $home: String) {
  takeIn(input: {channel: "social-networks", externalId: $id, text: "Очередь", theme: "health",
                 municipality: "kursk-city", residenceMunicipality: $home}) {
    ... on TakenIn { appeal { residence residenceMunicipality { name } block { name } } }
    ... on Refusal { code text } } }
"""


HOMES = (
    # where the author lives, where the problem is, the block, what is said of the residence
    ("kursk-city", "kursk-city", "kursk-city", Residence.REGION),
    ("38701000", "kurskiy", "kursk-city", Residence.REGION),
    ("городской округ город Курск", None, "kursk-city", Residence.REGION),
    ("kurskiy", "kursk-city", "health", Residence.REGION),
    (None, "kursk-city", "health", Residence.UNKNOWN),
)


@pytest.mark.clause("kursk.958/str.6.city")
@pytest.mark.parametrize(("home", "place", "block", "residence"), HOMES)
def test_the_city_block_goes_by_where_the_author_lives(
    regions: Mapping[str, Region],
    home: str | None,
    place: str | None,
    block: str,
    residence: Residence,
) -> None:
    """Where the problem is says nothing of its author: unknown is unknown (R9)."""
    content = {"theme": "health", "channel": "social-networks", "municipality": place}
    found = placed(regions["kursk"], residence_municipality=home, **content)
    assert found.block is not None
    assert found.block.key == block
    assert found.home == ("kursk-city" if block == "kursk-city" else home)
    new = NewAppeal("social-networks", "1", "?", residence_municipality=home)
    assert new.home is residence


@pytest.mark.clause("kursk.958/str.6.city", "kursk.958/post.3.4", "kursk.958/post.3.2")
@pytest.mark.parametrize("home", ["kursk-city", None])
@pytest.mark.parametrize(
    ("theme", "body", "ref"),
    [
        ("health", "committee-health", "kursk.958/post.3"),
        ("energy", "committee-housing-energy", "kursk.958/post.3"),
        ("housing", "committee-housing-energy", "kursk.958/post.3.2"),
    ],
)
def test_a_complaint_published_in_the_city_goes_to_the_owner_of_its_theme(
    regions: Mapping[str, Region], home: str | None, theme: str, body: str, ref: str
) -> None:
    """The city's row of the structure names heads of a block and no route."""
    decision = placed(
        regions["kursk"],
        theme=theme,
        channel="social-networks",
        municipality="kursk-city",
        residence_municipality=home,
    ).decision
    assert decision.chosen is not None
    assert (decision.body, decision.chosen.clause.ref) == (body, ref)


@pytest.fixture
async def api(open_test_region: OpenRegion) -> AsyncIterator[Api]:
    region = await open_test_region("kursk")
    async with region.work(system()) as work:
        await appoint(work, "coordinator", subject="demo-coordinator")
    app = create_app(region.settings, [region], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):
        yield Api(region, http)


async def rows(region: Region) -> list[tuple[str | None, ...]]:
    columns = (Appeal.external_id, Appeal.residence_municipality, Appeal.block)
    async with region.database.reading() as session:
        return [tuple(row) for row in await session.execute(select(*columns).order_by("id"))]


@pytest.mark.clause("kursk.958/str.6.city")
async def test_a_file_says_it_in_a_column_of_its_own(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    """By key, code or name; what contradicts itself is rejected, what nobody knows dropped."""
    kursk = await open_test_region("kursk")
    given = ",social-networks,Очередь,2026-02-01,health,kursk-city,"
    cells = (",", ",kursk-city", "region,38701000", ",kurskiy", "abroad,kursk-city", ",atlantis")
    path, bad = tmp_path / "file.csv", tmp_path / "rejects.csv"
    lines = [f"{number}{given}{cell}" for number, cell in enumerate(cells, start=1)]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    figures = await import_file(kursk, path, rejects=bad)
    assert (figures.read, figures.added, figures.rejected) == (6, 5, 1)
    assert await rows(kursk) == [
        ("1", None, "health"),
        ("2", "kursk-city", "kursk-city"),
        ("3", "kursk-city", "kursk-city"),
        ("4", "kurskiy", "health"),
        ("6", None, "health"),
    ]
    with bad.open(encoding="utf-8-sig", newline="") as file:
        rejected = csv.DictReader(file, delimiter=";")
        told = [(row["line"], row["column"], row["code"]) for row in rejected]
    assert told == [("6", "residence, residence_municipality", "INVALID")]


@pytest.mark.clause("kursk.958/str.6.city")
@pytest.mark.parametrize(
    ("home", "residence", "place", "block"),
    [
        ("38701000", "REGION", {"name": "городской округ город Курск"}, "city"),
        (None, "UNKNOWN", None, "health"),
    ],
)
async def test_the_api_takes_and_tells_it(
    api: Api, home: str | None, residence: str, place: dict[str, str] | None, block: str
) -> None:
    named = {
        "city": "Сообщения (жалобы), публикуемые гражданами, проживающими в г. Курске",
        "health": "Здравоохранение",
    }
    taken = await api.data(TAKE, "coordinator", id="п-1", home=home)
    assert taken["takeIn"]["appeal"] == {
        "residence": residence,
        "residenceMunicipality": place,
        "block": {"name": named[block]},
    }


async def test_an_unknown_home_is_refused_and_nothing_is_written(api: Api) -> None:
    refused = await api.data(TAKE, "coordinator", id="п-1", home="atlantis")
    assert refused["takeIn"]["code"] == "UNKNOWN_MUNICIPALITY"
    assert await rows(api.region) == []
