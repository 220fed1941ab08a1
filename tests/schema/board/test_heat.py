"""The heat map on the board and in the API: numbers that open their cases, views, refusals."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from html import unescape
from itertools import count
from urllib.parse import parse_qsl

import pytest

from core.appeals.figures.subject import APPEALS
from core.kernel.access import system
from core.problems.drawing import SOURCE
from core.shapes.figures.folding import fold
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading, visiting

pytestmark = pytest.mark.bare_rows
MONDAY = date(2026, 3, 2)
PLACE = "kurskiy"


@pytest.fixture
async def kursk(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Visitor]:
    """Twenty usual weeks, then one with a hot spot and a case without a place."""
    clock.at(2026, 3, 11)
    region = await open_test_region("kursk")
    cases = Cases(region)
    usual = {MONDAY - timedelta(weeks=week): 2 for week in range(1, 21)}
    await cases.spread({**usual, MONDAY: 16}, municipality=PLACE)
    await cases.spread(usual, municipality="belovskiy")
    await cases.spread({MONDAY: 1}, municipality=None)
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
        await appoint(work, "administrator", subject="demo-administrator")
        await fold(work, APPEALS)
    async with visiting(region) as visitor:
        yield visitor


async def listed(visitor: Visitor, link: str) -> str:
    """The list that a number of the page opens."""
    path, _, asked = link.partition("?")
    return unescape((await visitor.get(path, **dict(parse_qsl(asked, True)))).text)


async def test_a_hot_spot_opens_its_cases(kursk: Visitor) -> None:
    await kursk.enter("curator")
    answer = await kursk.get("map")
    assert heading(answer) == "Тепловая карта"
    page = unescape(answer.text)
    assert "С 02.03.2026 по 08.03.2026 включительно" in page
    assert "Неожиданно много: 1" in page
    assert "Сезон неизвестен" in page
    assert SOURCE in page
    out = page[page.index("<h2>Неожиданно много") :]
    link = re.search(r'href="/kursk/(appeals\?[^"]+)">16</a>', out)
    assert link is not None
    assert 'class="h5"><title>Курский муниципальный' in page
    assert ">16</a> · на" in await listed(kursk, link[1])
    nowhere = re.search(r'без места <a href="/kursk/(appeals\?[^"]+)">1</a>', page)
    assert nowhere is not None
    assert ">1</a> · на" in await listed(kursk, nowhere[1])


async def test_how_many_of_one_theme(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = unescape((await kursk.get("map", look="many", theme="roads", period="2026-02")).text)
    assert ": сколько</h2>" in page
    assert "8 и больше" in page
    empty = unescape((await kursk.get("map", look="many", theme="housing")).text)
    assert "ни одного" in empty
    assert "обращений, ни одного" in empty


async def test_what_is_refused(kursk: Visitor) -> None:
    await kursk.enter("curator")
    wrong = await kursk.get("map", period="вчера")
    assert (wrong.status_code, "Период пишется как" in unescape(wrong.text)) == (400, True)
    ahead = await kursk.get("map", period="2026-W30")
    assert "ещё не окончился ни один день" in unescape(ahead.text)


async def test_who_reads_no_cases_sees_a_released_month(kursk: Visitor) -> None:
    """Rounded and by places alone, the same all day; ten in December, fewer in February."""
    await kursk.enter("administrator")
    page = unescape((await kursk.get("map", period="2025-12")).text)
    assert "Открыто всем, декабрь 2025" in page
    assert page.count('data-name="Обращений">10</td>') == 2
    assert "Курский муниципальный район: 10 обращений, 10 и больше</title>" in page
    assert "appeals?" not in page
    assert 'name="theme"' not in page
    more = Cases(kursk.region, count(500))
    await more.spread({date(2025, 12, 3): 5}, municipality=PLACE)
    assert unescape((await kursk.get("map", period="2025-12")).text).count(">10</td>") == 2
    hidden = unescape((await kursk.get("map")).text)
    assert "меньше десяти, не показывается</title>" in hidden
    assert 'data-name="Обращений">10</td>' not in hidden
    for wrong in ("2026-03", "2026-W10", "вчера"):
        assert (await kursk.get("map", period=wrong)).status_code == 400


async def test_whose_figures(kursk: Visitor) -> None:
    """Both views of the map, and of the cut of figures, open their own cases (R11)."""
    await kursk.enter("curator")
    asked = {"period": "2026-W10", "look": "many"}
    for view, name in (("REGION", "по его акту"), ("FEDERAL", "по федеральным Правилам")):
        page = unescape((await kursk.get("map", view=view, **asked)).text)
        link = re.search(r'href="/kursk/(appeals\?[^"]+)">16</a>', page)
        assert link is not None
        assert f"view={view}" in link[1]
        shown = await listed(kursk, link[1])
        assert ">16</a> · на" in shown
        assert name in shown
        table = unescape((await kursk.get("figures", view=view, period="2026-03")).text)
        assert re.search(rf'href="/kursk/appeals\?[^"]*view={view}[^"]*">17</a>', table)


async def test_hexagons_where_coordinates_are_known(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = unescape((await kursk.get("map", grid="hexagons", period="2026-W10")).text)
    assert "Без координат или в точке по умолчанию: 17." in page
    assert page.count("<polygon ") > 30
    assert 'data-operation="board/Hexagons"' in page
    assert "16</a>" in page
