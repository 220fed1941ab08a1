"""The mapping of the Kursk portal's file: names only, every one of them placed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.appeals.exchange.imports import import_file
from core.appeals.exchange.loading import load_mapping
from core.appeals.model import Appeal
from core.directory.rules.bodies import Theme
from core.directory.seed import load_directory
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from tests.conftest import OpenRegion
from tests.places import SHARED
from tests.regions.directories import PLUGINS, bodies, rows
from tests.regions.table import DAY

MAPPING = PLUGINS / "kursk" / "imports" / "appeals.toml"
COLUMNS = ("id", "topic", "executor", "oktmo_from_executor", "text")
APPEALS = SHARED / "kursk_appeals_masked.csv"


def test_every_topic_has_a_theme(regions: Mapping[str, Region]) -> None:
    topics = rows("kursk", "imports/topics.csv")
    assert len({row["from"] for row in topics}) == len(topics) == 173
    for theme in {row["to"] for row in topics}:
        assert regions["kursk"].rules.find(Theme, theme, DAY) is not None


@pytest.mark.parametrize(
    ("topic", "theme"),
    [
        ("Нарушение дорожного покрытия (ямы) на дорогах в микрорайонах ИЖС", "roads"),
        ("Аварийные деревья", "housing"),
        ("Нарушение теплоснабжения многоквартирного дома", "housing"),
        (
            "Нарушения, связанные с содержанием электросети и качеством энергоснабжения "
            "в многоквартирных домах",
            "energy",
        ),
        (
            "Не соответствующий установленным нормам сбор и вывоз твёрдых бытовых отходов "
            "с территории ИЖС",
            "solid-waste",
        ),
        ("Несанкционированные свалки твёрдых бытовых отходов", "ecology"),
        ("Социальные льготы", "social-protection"),
        ("Безнадзорные животные", "animals"),
        ("Тестовая категория", "other"),
    ],
)
def test_topics_go_where_they_belong(topic: str, theme: str) -> None:
    topics = {row["from"]: row["to"] for row in rows("kursk", "imports/topics.csv")}
    assert topics[topic] == theme


def test_every_executor_is_a_body_of_that_name() -> None:
    executors = rows("kursk", "imports/executors.csv")
    assert len({row["from"] for row in executors}) == len(executors) == 79
    held = bodies("kursk").by_key
    assert {row["to"]: held[row["to"]].name for row in executors} == {
        row["to"]: row["from"] for row in executors
    }


def test_the_mapping_is_accepted(regions: Mapping[str, Region]) -> None:
    mapping = load_mapping(MAPPING, COLUMNS, regions["kursk"].rules, DAY)
    assert mapping.columns["external_id"] == ("id",)
    assert mapping.constants["channel"] == "regional-system"
    assert mapping.dates.zone.key == "Europe/Moscow"


@pytest.mark.skipif(not APPEALS.exists(), reason="the shared data are not here")
def test_the_real_file_is_covered(regions: Mapping[str, Region]) -> None:
    topics = {row["from"] for row in rows("kursk", "imports/topics.csv")}
    executors = {row["from"] for row in rows("kursk", "imports/executors.csv")}
    places = regions["kursk"].rules.all(Municipality, DAY)
    codes = {code.oktmo for place in places for code in place.codes}
    with APPEALS.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) == 2020
    assert {case["topic"] for case in cases} <= topics
    assert {case["executor"] for case in cases} <= executors
    assert {case["oktmo_from_executor"] for case in cases} - {""} <= codes


@pytest.mark.skipif(not APPEALS.exists(), reason="the shared data are not here")
async def test_the_real_file_is_taken_in_whole(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    """Every row reaches the executor that the portal named, and a second run adds nothing."""
    kursk = await open_test_region("kursk")
    async with kursk.work(system()) as work:
        await load_directory(work, PLUGINS / "kursk" / "directory.csv")
    rejects = tmp_path / "rejects.csv"
    first = await import_file(kursk, APPEALS, mapping=MAPPING, rejects=rejects)
    again = await import_file(kursk, APPEALS, mapping=MAPPING, rejects=rejects)
    assert (first.read, first.added, first.rejected, first.routed) == (2020, 2020, 0, 2020)
    assert (again.added, again.known) == (0, 2020)
    async with kursk.database.reading() as session:
        in_view = Appeal.in_region_view, Appeal.in_federal_view
        held = await session.execute(select(*in_view, func.count()).group_by(*in_view))
        counts = {(region, federal): count for region, federal, count in held}
    assert counts == {(True, True): 1998, (False, False): 22}  # 22 went to private companies
