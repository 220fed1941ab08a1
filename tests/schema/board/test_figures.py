"""The counting page: a cut of choice beside earlier periods, kept, opened, as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import pytest
from python_calamine import load_workbook
from sqlalchemy import update

from core.appeals.figures.subject import APPEALS
from core.appeals.model import Appeal
from core.appeals.observations.published import LIST
from core.appeals.rules.lifecycle import Outcome, State
from core.kernel.access import system
from core.region.tokens import demo_token
from core.shapes.figures.folding import fold
from core.shapes.figures.marks import CellMark
from schema.board.pages.figures import COUNTS
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases, noon
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, visiting

pytestmark = pytest.mark.bare_rows
FEBRUARY, JANUARY, YEAR_AGO = date(2026, 2, 10), date(2026, 1, 20), date(2025, 2, 20)
ANSWERED = date(2026, 3, 1)
CUT = {"by": "THEME", "and": "MUNICIPALITY", "period": "2026-02"}


@pytest.fixture
async def kursk(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Visitor]:
    """Three places in February, one of them in January too; twelve cases a year ago."""
    clock.at(2026, 3, 11)
    region = await open_test_region("kursk")
    cases = Cases(region)
    await cases.spread({FEBRUARY: 5, JANUARY: 2}, municipality="kurskiy")
    await cases.spread({FEBRUARY: 3, YEAR_AGO: 12}, municipality="belovskiy")
    await cases.spread({FEBRUARY: 1}, municipality=None)
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
        await appoint(work, "administrator", subject="demo-administrator")
        await fold(work, APPEALS)
    async with visiting(region) as visitor:
        yield visitor


def table(page: str) -> list[list[str]]:
    """The rows of the table as somebody reads them."""
    body = page[page.index("<tbody>") :]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = (re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", unescape(one)).split()) for one in row] for row in cells
    ]


async def shown(visitor: Visitor, **asked: str) -> str:
    answer = await visitor.get("figures", **asked)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.clause("kursk.958/pol.1.3.5", "mari-el.335/pol.5.5")
async def test_a_cut_by_when_appeals_came(kursk: Visitor) -> None:
    """At noon of UTC all of them: three in the afternoon of Kursk."""
    await kursk.enter("curator")
    page = await shown(kursk, **CUT, each="HOUR")
    told = table(page[page.index("час суток поступления") :])
    assert [row for row in told if row[1] != "0"] == [["15", "9"]]
    assert len(told) == 24
    assert "Обе таблицы файлом" in page
    file = await kursk.http.get("/kursk/figures/cut.csv", params={**CUT, "each": "HOUR"})
    lines = [*csv.reader(io.StringIO(file.text))]
    assert lines[5:7] == [[], ["час суток", *lines[0][2:5]]]
    assert lines[7 + 15] == ["15", "9", "9", CellMark.VALUE.label]
    assert len(lines) == 7 + 24
    page = await shown(kursk, by="APPLICANT_KIND", period="2026-Q1", each="MONTH")
    assert table(page[page.index("месяц поступления") :]) == [
        ["январь 2026", "2"], ["февраль 2026", "9"],
        ["март 2026", f"0 {CellMark.PROVISIONAL.label}"],
    ]  # fmt: skip


@pytest.mark.clause("kursk.958/pol.1.3.5", "mari-el.335/pol.5.5")
async def test_a_cut_beside_the_period_before_and_a_year_earlier(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = await shown(kursk, **CUT)
    rows = table(page)
    assert [row[1:] for row in rows] == [
        ["Курский муниципальный район", "5", "2", f"0 {CellMark.BREAK.label}"],
        ["Беловский муниципальный район", "3", "0", f"12 {CellMark.BREAK.label}"],
        ["Не указано", "1", "0", f"0 {CellMark.BREAK.label}"],
        ["9", "2", f"12 {CellMark.BREAK.label}"],
    ]
    assert rows[3][0] == "Все вместе"
    assert "Год назад: 01.02.2025–28.02.2025" in unescape(page)
    page = await shown(kursk, by="MUNICIPALITY", period="2025-02")
    assert table(page)[-1] == ["Все вместе", f"12 {CellMark.BREAK.label}", "—", "—"]
    assert unescape(page).count(CellMark.MISSING.label) == 2  # what a whole column lacks, once


async def test_every_number_opens_its_cases(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = await shown(kursk, **CUT)
    links = re.findall(r'href="/kursk/(appeals\?[^"]+)">(\d+)</a>', page)
    assert [number for _, number in links] == ["5", "2", "3", "12", "1", "9", "2", "12"]
    for link, number in links:
        path, _, asked = unescape(link).partition("?")
        opened = await kursk.get(path, **dict(parse_qsl(asked, keep_blank_values=True)))
        assert f">{number}</a> · на" in unescape(opened.text)


BEHIND = re.compile(r'href="/kursk/(appeals\?[^"]+)">[^<]+</a> <span class="small quiet">по (\d+)<')
COUNTED = re.compile(r'href="/kursk/(appeals\?[^"]+)">(\d+)</a>')


@pytest.mark.parametrize(
    ("measure", "numbers"),
    [
        ("ANSWERED", "1 0 0 0 0 1 0 0"),
        ("SOLVED", "1 0 0 0 0 1 0 0"),
        ("OVERDUE", "0 2 0 12 0 0 2 12"),
        ("REWORKED", "0 0 0 0 0 0 0 0"),
        ("SOLVED_SHARE", "1 1"),
        ("MEAN_DAYS", "1 1"),
        ("SATISFACTION", "1 1"),
        ("ON_TIME_SHARE", "6 2 3 12 1 10 2 12"),
        ("MEDIAN_DAYS", "6 2 3 12 1 10 2 12"),
    ],
)
async def test_what_a_measure_is_of_is_what_its_number_opens(
    kursk: Visitor, measure: str, numbers: str
) -> None:
    cases = Cases(kursk.region, count(900))
    marked = cases.row(noon(FEBRUARY), noon(ANSWERED), mark=4, municipality="kurskiy")
    async with kursk.region.database.writing() as session:
        session.add(marked)
    await kursk.enter("curator")
    page = await shown(kursk, measure=measure, by="MUNICIPALITY", period="2026-02")
    links = (COUNTED if measure in COUNTS else BEHIND).findall(page)
    assert " ".join(number for _, number in links) == numbers
    for link, number in links:
        path, _, asked = unescape(link).partition("?")
        opened = await kursk.get(path, **dict(parse_qsl(asked, keep_blank_values=True)))
        assert f">{number}</a> · на" in unescape(opened.text)


async def test_the_form_works_without_scripts_and_leaves_a_short_address(kursk: Visitor) -> None:
    await kursk.enter("curator")
    sent = {"find": "1", "measure": "COUNT", "by": "BODY", "and": "", "also": "", "period": ""}
    answer = await kursk.get("figures", **sent, municipality="kurskiy", theme="*")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("figures?measure=COUNT&by=BODY&municipality=kurskiy")
    page = unescape(await shown(kursk, measure="COUNT", by="BODY", municipality="kurskiy"))
    assert "Отбор: Где: Курский муниципальный район." in page
    assert "Период: 01.02.2026–28.02.2026" in page, "of no period it is the last whole month"
    assert table(page)[-1][1:3] == ["5", "2"]


async def test_a_cut_is_kept_and_found_again(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = await shown(kursk, **CUT)
    form = dict(re.findall(r'type="hidden" name="(form|address)" value="([^"]*)"', page))
    form = {name: unescape(value) for name, value in form.items()}
    await kursk.http.post("/kursk/views", data={**form, "name": "По местам"})
    link = re.search(r'href="/kursk/([^"]+)">По местам</a>', await shown(kursk))
    assert link is not None
    path, _, asked = unescape(link[1]).partition("?")
    assert table((await kursk.get(path, **dict(parse_qsl(asked)))).text) == table(page)


async def test_the_table_as_a_file_has_its_marks(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = await shown(kursk, **CUT)
    books = {one[-4:]: unescape(one) for one in re.findall(r'href="([^"]*cut\.\w+)\?[^"]*"', page)}
    asked = {**CUT}
    text = await kursk.http.get(books[".csv"], params=asked)
    rows = [*csv.reader(io.StringIO(text.text))]
    assert rows[0][:5] == [
        "тематика", "муниципальное образование", "Период: 01.02.2026–28.02.2026",
        "Период: 01.02.2026–28.02.2026: обращений", "Период: 01.02.2026–28.02.2026: как читать",
    ]  # fmt: skip
    assert rows[1][1:] == [
        "Курский муниципальный район", "5", "5", "значение", "2", "2", "значение",
        "0", "0", CellMark.BREAK.label,
    ]  # fmt: skip
    assert rows[-1][:5] == ["Все вместе", "", "9", "9", "значение"]
    book = await kursk.http.get(books["xlsx"], params=asked)
    found: Any = load_workbook(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [str(one) for one in found[1][:3]] == [rows[1][0], rows[1][1], "5.0"]
    assert len(found) == len(rows) == 5


async def test_what_is_refused(kursk: Visitor) -> None:
    await kursk.enter("curator")
    wrong = await kursk.get("figures", period="вчера")
    assert (wrong.status_code, "Период пишется как" in unescape(wrong.text)) == (400, True)
    for name in ("by", "measure", "each"):
        assert (await kursk.get("figures", **{name: "NAME"})).status_code == 400


MONTH = {"period": "2026-02"}
WITHIN = 'since: "2026-02-01", until: "2026-02-28"'
QUERIES = (
    "{ appeals { totalCount } }",
    '{ appeals(filter: {text: "фонарь"}) { totalCount } }',
    "{ appealCounts(by: [THEME]) { total } }",
    '{ appealCut(measure: COUNT, by: [THEME], period: "2026-02") { total { cells { cases } } } }',
    '{ heatMap(period: "2026-02") { cells { cases } } }',
    f"{{ publishedFigures(measure: COUNT, by: [THEME], {WITHIN}) {{ values value cases mark }} }}",
    f"{{ publishedFigures(measure: COUNT, by: [BODY], {WITHIN}) {{ value }} }}",
    f"{{ publishedFigures(measure: MEDIAN_DAYS, by: [MUNICIPALITY], {WITHIN}) {{ value cases }} }}",
    "{ ratings { method } }",
)


async def test_others_see_the_open_tables_and_no_more(kursk: Visitor) -> None:
    cases = Cases(kursk.region, count(900))
    await cases.spread({FEBRUARY: 7}, municipality="kurskiy")
    await kursk.enter("administrator")
    page = await shown(kursk, table="municipality", **MONTH)
    rows = {row[0]: row[1:] for row in table(page)}
    assert [*rows] == ["Курский муниципальный район", *sorted([*rows][1:])]
    assert rows.pop("Курский муниципальный район") == ["10", CellMark.VALUE.label]
    assert {*map(tuple, rows.values())} == {("—", CellMark.HIDDEN.label)}
    assert "указано" not in page.lower()
    assert "appeals?" not in page
    form = dict(re.findall(r'type="hidden" name="(form|address)" value="([^"]*)"', page))
    saved = {name: unescape(value) for name, value in form.items()}
    await kursk.http.post("/kursk/views", data={**saved, "name": "По местам"})
    assert "По местам" in await shown(kursk)
    asked = {"table": "municipality", **MONTH}
    text = await kursk.http.get("/kursk/figures/cut.csv", params=asked)
    told = [*csv.reader(io.StringIO(text.text))]
    assert ["Курский муниципальный район", "10", "10", CellMark.VALUE.label] in told
    for wrong in (
        {"table": "body_id"},
        {"period": "2026"},
        {"period": "2026-03"},
        {"measure": "median-days", "table": "channel+regime+outcome"},
    ):
        assert (await kursk.get("figures", **wrong)).status_code == 400
    assert (await kursk.get("appeals")).status_code == 403


async def test_two_looks_on_one_day_are_the_same_to_the_byte(kursk: Visitor) -> None:
    """A case that comes in, and one that is answered, between them."""
    now = kursk.region.now()
    old = Cases(kursk.region, count(900)).row(noon(FEBRUARY), None, municipality="kurskiy")
    async with kursk.region.database.writing() as session:
        session.add(old)
    before = await looks(kursk)
    new = Cases(kursk.region, count(950)).row(now, None, municipality="kurskiy")
    async with kursk.region.database.writing() as session:
        session.add(new)
        values = {"state": State.ANSWERED, "outcome": Outcome.SOLVED, "answered_at": now}
        await session.execute(update(Appeal).where(Appeal.number == "n-900").values(values))
    assert await looks(kursk) == before


async def looks(visitor: Visitor) -> list[str]:
    """All that a reader without cases is told: pages, files, searches, totals, refusals."""
    await visitor.enter("administrator")
    found = []
    for listed in LIST:
        asked = {"table": "+".join(listed.by), **MONTH}
        for measure in sorted(listed.measures):
            for path in ("figures", "figures/cut.csv"):
                answer = await visitor.get(path, **asked, measure=measure)
                assert answer.status_code == 200
                found.append(re.sub(r'name="form" value="[^"]*"', "", answer.text))
    for path in ("appeals", "my", "map", "problems", "figures?period=2026-03", "appeals/list.csv"):
        found.append((await visitor.http.get(f"/kursk/{path}")).text)
    headers = {"Authorization": f"Bearer {demo_token(visitor.region, 'administrator')}"}
    for query in QUERIES:
        answer = await visitor.http.post("/kursk/graphql", json={"query": query}, headers=headers)
        found.append(answer.text)
    return found
