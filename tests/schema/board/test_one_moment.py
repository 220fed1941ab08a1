"""While cases come in between any two blocks, a page is of one moment, and so is what it opens."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from itertools import count
from random import Random
from typing import Any

import pytest
from python_calamine import load_workbook

from core.appeals.figures.subject import APPEALS
from core.kernel.access import system
from core.kernel.events import Event
from core.shapes.figures.folding import fold
from schema.board.saved import PageContext, saved
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, visiting

pytestmark = pytest.mark.bare_rows
NUMBERS = 20 if "TSUR_TEST_ROLES" in os.environ else 3
"""Taken at random on each page: `make browser` takes all that the issue asks for."""

TODAY, MONDAY = date(2026, 3, 11), date(2026, 3, 9)
PAGES = {
    "morning": "",
    "figures": "figures?by=THEME&and=MUNICIPALITY&also=CHANNEL&period=2026-03",
    "shares": "figures?measure=ON_TIME_SHARE&by=MUNICIPALITY&period=2026-03",
    "map": "map?look=many&period=2026-03-09/2026-03-15",
}
LINK = re.compile(
    r'href="/kursk/(?P<link>appeals\?[^"]*asOf=[^"]*)">'
    r'(?:(?P<one>[\d\u202f]+)</a>|[^<]+</a> <span class="small quiet">по (?P<behind>[\d\u202f]+)<)'
)
SAID = re.compile(r'aria-label="Что стало с числом"><p>(.*?)</p>', re.DOTALL)
TOTAL = re.compile(r">([\d\u202f]+)</a> · на ")
FILE = re.compile(r'href="/kursk/(appeals/list\.xlsx\?[^"]+)"')
QUERY = re.compile(r'<pre class="letter">List (.*?)</pre>', re.DOTALL)


@dataclass
class Busy:
    """Cases that come in: one after each operation that a page asks, while `on`."""

    cases: Cases
    clock: FrozenClock
    on: bool = False
    arrived: list[str] = field(default_factory=list)

    async def come(self) -> None:
        self.clock.forward(seconds=1)
        now = self.clock.moment
        row = self.cases.row(now, None, municipality="kurskiy", changed_at=now)
        async with self.cases.region.work(system()) as work:
            work.session.add(row)
            await work.session.flush()
            await work.record(Event("appeal.taken_in", f"appeal:{row.id}"))
        self.arrived.append(row.number)


@pytest.fixture
async def kursk(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Visitor]:
    """This week and the last one in two places, some of it late."""
    clock.at(TODAY.year, TODAY.month, TODAY.day)
    region = await open_test_region("kursk")
    cases = Cases(region)
    days = {MONDAY: 2, TODAY - timedelta(days=8): 1, TODAY - timedelta(days=40): 1}
    await cases.spread(days, municipality="kurskiy")
    await cases.spread(days, municipality="belovskiy", theme="housing")
    await cases.spread({MONDAY: 1}, municipality=None)
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
        await fold(work, APPEALS)
    async with visiting(region) as visitor:
        yield visitor


@pytest.fixture
def busy(kursk: Visitor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Busy:
    made, plain = Busy(Cases(kursk.region, count(1_000)), clock), PageContext.run

    async def run(self: PageContext, text: str, variables: Any) -> dict[str, Any]:
        found = await plain(self, text, variables)
        if made.on:
            await made.come()
        return found

    monkeypatch.setattr(PageContext, "run", run)
    return made


def whole(said: str) -> int:
    return int(said.replace("\u202f", ""))


async def numbers(visitor: Visitor, page: str) -> list[tuple[str, int]]:
    """What each number of a page opens, and the number."""
    text = (await visitor.http.get(f"/kursk/{page}")).text
    return [
        (unescape(one["link"]), whole(one["one"] or one["behind"])) for one in LINK.finditer(text)
    ]


async def in_the_list(page: str, was: int, busy: Busy) -> None:
    """The list says what the number was, and of what it is now names just those that are new."""
    (total,) = map(whole, TOTAL.findall(page))
    told = [unescape(re.sub(r"<[^>]+>", "", one)) for one in SAID.findall(page)]
    if not told:
        assert total == was
        return
    (said,) = told
    found = re.fullmatch(r"На .* было ([\d\u202f]+), сейчас ([\d\u202f]+), новых (\d+): (.*)", said)
    assert found, said
    new = re.findall(r"n-\d+", found[4])
    assert [whole(found[1]), whole(found[2])] == [was, total]
    assert total - was == int(found[3])
    assert set(new) <= set(busy.arrived)
    assert len(new) == min(int(found[3]), 20)


async def in_the_file(visitor: Visitor, page: str) -> list[str]:
    """The numbers of the cases that the file of a list has; an empty list offers none."""
    if TOTAL.findall(page) == ["0"]:
        return []
    (link,) = FILE.findall(page)
    content = (await visitor.http.get(f"/kursk/{unescape(link)}")).content
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [str(row[0]) for row in rows[1:]]


async def in_the_query(visitor: Visitor, link: str) -> list[str]:
    """The numbers of the cases that the query has which the page shows."""
    page = (await visitor.http.get(f"/kursk/{link}&show=queries")).text
    (variables,) = QUERY.findall(page)
    asked = {"query": saved("List"), "variables": {**json.loads(unescape(variables)), "first": 100}}
    answer = (await visitor.http.post("/kursk/graphql", json=asked)).json()
    return [edge["node"]["number"] for edge in answer["data"]["appeals"]["edges"]]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
async def test_numbers_are_of_one_moment_and_open_it(kursk: Visitor, busy: Busy, page: str) -> None:
    await kursk.enter("curator")
    quiet = await numbers(kursk, page)
    assert len(quiet) >= 3
    busy.on = True
    shown = await numbers(kursk, page)
    assert [number for _, number in shown] == [number for _, number in quiet]
    assert len(busy.arrived) >= 2
    for link, number in Random(17).sample(shown, min(NUMBERS, len(shown))):
        listed = (await kursk.http.get(f"/kursk/{link}")).text
        await in_the_list(listed, number, busy)
        for found in (await in_the_file(kursk, listed), await in_the_query(kursk, link)):
            assert len([one for one in found if one not in busy.arrived]) == number


async def test_the_list_itself_is_of_one_moment(kursk: Visitor, busy: Busy) -> None:
    """Its heading, its rows and what it says of itself, while each block lets another one in."""
    await kursk.enter("curator")
    busy.on = True
    page = (await kursk.get("appeals", order="OLDEST")).text
    assert TOTAL.findall(page) == ["9"]
    assert len(re.findall(r'class="number" href="/kursk/appeals/', page)) == 9
    assert len(busy.arrived) >= 3
