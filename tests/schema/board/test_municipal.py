"""The morning of one municipality: its numbers are the API's of that place alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from html import unescape

import pytest

from core.kernel.access import system
from core.kernel.rules.passport import Municipality
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import rulebook_of
from schema.board.pages.municipal import KINDS, seat_in_words
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading, visiting

pytestmark = pytest.mark.bare_rows
PLACE, OTHER = "belovskiy", "kurskiy"
NUMBER = re.compile(r'<b><a href="/kursk/(appeals[^"]*)">([^<]*)</a></b>')


@pytest.fixture
async def kursk(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Visitor]:
    """Late, answered and fresh cases of two places, and officials of either centre."""
    clock.at(2026, 3, 11, 15)
    region = await open_test_region("kursk")
    cases = Cases(region)
    await cases.spread({date(2026, 1, 10): 3, date(2026, 3, 11): 2}, municipality=PLACE)
    await cases.spread({date(2026, 1, 10): 4, date(2026, 3, 11): 7}, municipality=OTHER)
    await cases.received(
        5, on=date(2026, 3, 1), answered=date(2026, 3, 5), municipality=PLACE, theme="roads"
    )
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
        for place, name in ((PLACE, "Здешняя"), (OTHER, "Тамошняя")):
            own = await appoint(work, "municipal-head", municipalities=[place], subject=place)
            assert own.person_id, name
    async with visiting(region) as visitor:
        yield visitor


async def test_each_number_is_of_the_place_and_opens_its_cases(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = (await kursk.get(f"municipal/{PLACE}")).text
    numbers = [(unescape(link), shown) for link, shown in NUMBER.findall(page)]
    assert [shown for _, shown in numbers][:4] == ["3", "0", "2", "10"]
    assert numbers[5][1] == "5"
    for link, shown in numbers:
        assert f"municipality={PLACE}&" in link
        assert re.search(r"&was=\d+&asOf=2026-03-11T", link)
        listed = (await kursk.http.get(f"/kursk/{link}")).text
        (total,) = re.findall(r">(\d+)</a> · на ", listed)
        assert shown in (total, "4\u202fдня")
    links = re.findall(r'href="/kursk/(appeals\?[^"]*)"', page)
    assert all(f"municipality={PLACE}" in link for link in links)
    (whole,) = [shown for _, shown in NUMBER.findall((await kursk.get("")).text)][:1]
    assert whole == "7"


async def test_the_numbers_are_those_of_the_api(kursk: Visitor) -> None:
    await kursk.enter("curator")
    numbers = NUMBER.findall((await kursk.get(f"municipal/{PLACE}")).text)
    late = {"overdue": True, "state": ["RECEIVED", "IN_WORK"], "municipality": [PLACE]}
    query = "query ($f: AppealFilter!) { appeals(filter: $f, first: 0) { totalCount } }"
    sent = {"query": query, "variables": {"f": late}}
    answer = (await kursk.http.post("/kursk/graphql", json=sent)).json()
    assert numbers[0][1] == str(answer["data"]["appeals"]["totalCount"])


async def test_by_source_and_responsibility(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = (await kursk.get("")).text
    (row,) = re.findall(r'<td data-name="Откуда">(.*?)</tr>', page)
    cells = re.findall(r'data-name="([^"]*)">(?:<a href="/kursk/([^"]*)">)?(\d+)', row)
    told = {name: shown for name, _, shown in cells}
    assert told == {
        "Поступило": "9", "У органов региона": "0", "Чужая ответственность": "0",
        "Ещё ни у кого": "9",
    }  # fmt: skip
    for _, link, shown in cells:
        if link:
            listed = (await kursk.http.get(f"/kursk/{unescape(link)}")).text
            assert f">{shown}</a> · на " in listed


async def test_it_is_well_made_and_names_its_own_people(kursk: Visitor) -> None:
    await kursk.enter("curator")
    answer = await kursk.get(f"municipal/{PLACE}")
    assert (answer.status_code, heading(answer)) == (200, "Беловский муниципальный район")
    assert answer.text.count("<main ") == 1
    assert 'data-operation="board/Municipal"' in answer.text
    assert not re.findall(r"<script(?! src=\"/static/)|\sstyle=|\son\w+=", answer.text)
    assert answer.text.count('<td data-name="Роль">Руководитель муниципального центра</td>') == 1
    first = await kursk.get("municipal/1")
    assert first.status_code == 200


async def test_what_no_register_has_is_an_absence(kursk: Visitor) -> None:
    await kursk.enter("curator")
    for named in ("nowhere", "0", "999", "9" * 18, "²", "-1", "%00", "belovskiy "):
        assert (await kursk.get(f"municipal/{named}")).status_code == 404, named


async def test_it_is_reached_from_the_map_and_the_structure(kursk: Visitor) -> None:
    await kursk.enter("curator")
    for page in ("map", "structure"):
        assert f'href="/kursk/municipal/{PLACE}"' in (await kursk.get(page)).text
    assert 'href="/kursk/indicators"' in (await kursk.get("structure")).text


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        ("с Большое Солдатское", "село Большое Солдатское"),
        ("рп Черемисиново", "рабочий посёлок Черемисиново"),
        ("Сказочный", "Сказочный"),
    ],
)
def test_a_seat_is_told_in_words(seat: str, words: str) -> None:
    assert seat_in_words(seat) == words


def test_every_kind_of_a_seat_has_words() -> None:
    for region in DEMO_REGIONS:
        law = rulebook_of(region, Settings())
        for place in law.all(Municipality, date(2026, 11, 27)):
            kind = place.seat.partition(" ")[0]
            assert kind in KINDS or kind[:1].isupper(), place
