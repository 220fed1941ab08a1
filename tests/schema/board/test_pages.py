"""Every page of the board: who may open it, what it is made of, how its numbers open cases."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from graphql import parse, validate
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.batches.service import prepare
from core.appeals.batches.steps import Deed
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Answer, Appeal
from core.appeals.rules.lifecycle import Outcome
from core.directory.service import actor_in
from core.documents.model import Document, DocumentState
from core.kernel.access import system
from core.kernel.region import Region
from core.problems.model import Problem, ProblemState
from schema.board import saved
from schema.board.sitemap import PAGES, page_of, told
from schema.build import build_schema
from tests.conftest import OpenRegion
from tests.core.ratings.rows import METHOD, PERIOD, rated
from tests.schema.board.conftest import Visitor, heading
from tests.schema.conftest import LETTER

OPERATIONS = sorted(path.stem for path in saved.HOME.glob("*.graphql"))
TEMPLATES = Path(saved.__file__).with_name("templates")


async def taken(region: Region, number: int = 1, **changes: object) -> Appeal:
    async with region.work(system()) as work:
        new = NewAppeal(**{**LETTER, "external_id": f"п-{number}", **changes})
        return await work.session.get_one(Appeal, (await take_in(work, new)).appeal_id)


async def drafted(visitor: Visitor) -> str:
    """The number of a document: here it is the row alone, for the polygon's law has no kinds."""
    row = Document(
        kind="plan", title="План работы", block=None, fields={}, wrote=[], owner="demo-curator",
        state=DocumentState.DRAFT, created_at=visitor.region.now(),
    )  # fmt: skip
    async with visitor.region.work(system()) as work:
        work.session.add(row)
        await work.session.flush()
        return str(row.id)


async def problem(visitor: Visitor) -> str:
    """The number of a problem: the row alone, as the list would write it."""
    now = visitor.region.now()
    async with visitor.region.work(system()) as work:
        row = Problem(
            title="Ямы", theme="roads", source="programmes", label="программы",
            evidence={"project": "national", "indicator": "Доля дорог"},
            clause="ru.1844/15", chosen_since=now.date(), chosen_until=now.date(),
            state=ProblemState.LISTED, opened_by="demo-curator", opened_at=now,
        )  # fmt: skip
        work.session.add(row)
        await work.session.flush()
        return str(row.id)


async def answered(region: Region, appeal: Appeal) -> int:
    """The number of an answer that the official of the ministry has drafted."""
    async with region.work(system()) as work:
        actor = await actor_in(work, "demo-body-official")
    async with region.work(actor) as work:
        await handover.accept(work, appeal.id)
        await answers.answer(work, appeal.id, NewAnswer("Яма засыпана.", Outcome.EXPLAINED))
        return (await work.session.scalars(select(Answer.id))).one()


async def ticked(region: Region, appeal: Appeal) -> int:
    """The number of a batch that the official has prepared: this one case, to put it on some
    desk."""
    async with region.work(system()) as work:
        actor = await actor_in(work, "demo-body-official")
    async with region.work(actor) as work:
        return (await prepare(work, Deed.ENTRUST, select(Appeal).where(Appeal.id == appeal.id))).id


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_saved_operation_is_one_that_the_api_runs(polygon: Region, name: str) -> None:
    assert validate(build_schema(polygon)._schema, parse(saved.saved(name))) == []
    assert saved.title(saved.saved(name))


def test_every_block_names_an_operation_and_every_operation_has_a_use() -> None:
    texts = [path.read_text("utf-8") for path in TEMPLATES.glob("*.html")]
    named = {name for text in texts for name in re.findall(r'data-operation="board/(\w+)"', text)}
    assert named <= set(OPERATIONS)
    code = "".join(path.read_text("utf-8") for path in Path(saved.__file__).parent.rglob("*.py"))
    assert set(re.findall(r'\.ask\(\s*"(\w+)"', code)) == set(OPERATIONS)


def test_where_a_path_leads() -> None:
    assert [(page_of(path) or [None])[0] for path in ("", "my", "appeals")] == [*PAGES[:3]]
    assert [one["path"] for one in told() if "}" in one["path"].removeprefix("/{region}")] == []
    assert page_of("appeals/46-2026-1") == (PAGES[3], "46-2026-1")
    assert [page_of(path) for path in ("appeals/", "appeals/1/2", "mine", "my/")] == [None] * 4
    assert {"path": "/{region}/my", "title": "Мой список", "role": "coordinator"} in told()


HERE = [one for one in PAGES if one.path != "municipal/{m}"]
"""The polygon's register has no municipality: test_municipal opens the page of one."""


@pytest.mark.parametrize("page", HERE, ids=lambda page: page.path or "morning")
async def test_a_page_by_the_role_that_may_open_it(visitor: Visitor, page: object) -> None:
    one = next(found for found in PAGES if found is page)
    appeal = await taken(visitor.region)
    path = one.path.replace("{number}", appeal.number)
    if one.path.startswith("documents/"):
        path = path.replace("{id}", await drafted(visitor))
    elif one.path.startswith("batches/"):
        path = path.replace("{id}", str(await ticked(visitor.region, appeal)))
    elif one.path.startswith("letters/"):
        path = path.replace("{id}", str(await answered(visitor.region, appeal)))
    elif one.path.startswith("problems/"):
        path = path.replace("{id}", await problem(visitor))
    elif one.path.startswith("ratings/"):
        async with visitor.region.work(system()) as work:
            await rated(work, ministry=90, agency=40)
        path = path.replace("{rating}", f"{METHOD}.{PERIOD}")
    assert (await visitor.get(path)).headers["location"].startswith("/polygon/login")
    await visitor.enter(one.role)
    answer = await visitor.get(path)
    assert answer.status_code == 200
    assert heading(answer)
    assert answer.text.count("<main ") == 1
    assert 'data-operation="board/' in answer.text
    assert not re.findall(r"<script(?! src=\"/static/)|\sstyle=|\son\w+=", answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; object-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_rating_without_its_period_is_the_last_one(visitor: Visitor) -> None:
    async with visitor.region.work(system()) as work:
        await rated(work, ministry=90, agency=40)
    await visitor.enter("curator")
    told = [heading(await visitor.get(f"ratings/{METHOD}{more}")) for more in ("", f".{PERIOD}")]
    assert told[0] == told[1]
    assert (await visitor.get("ratings/unknown")).status_code == 404


async def test_a_page_that_is_not_for_me_says_so(visitor: Visitor) -> None:
    await visitor.enter("curator")
    answer = await visitor.get("ops")
    assert (answer.status_code, heading(answer)) == (403, "Нет права")


@pytest.mark.parametrize("role", ["curator", "coordinator", "administrator", "body-official"])
async def test_every_room_of_the_navigation_opens(visitor: Visitor, role: str) -> None:
    await visitor.enter(role)
    home = await visitor.http.get("/polygon/", follow_redirects=True)
    assert home.status_code == 200
    rooms = re.findall(r'<li><a href="/polygon/(\w*)"[^>]*>([^<]*)</a></li>', home.text)
    assert len(rooms) >= 5
    for path, name in rooms:
        answer = await visitor.http.get(f"/polygon/{path}", follow_redirects=True)
        assert (answer.status_code, name) == (200, name)
        assert f'aria-current="page">{name}</a>' in answer.text


async def test_who_keeps_the_system_begins_with_it(visitor: Visitor) -> None:
    await visitor.enter("administrator")
    home = await visitor.get("")
    assert (home.status_code, home.headers["location"]) == (303, "/polygon/ops")
    page = (await visitor.get("ops")).text
    assert re.findall(r"<li><a [^>]*>([^<]*)</a></li>", page) == [
        "Рейтинги", "Счёт", "Карта", "Структура", "Право", "Журнал", "Работа системы",
    ]  # fmt: skip


async def test_what_i_do_not_see_is_as_if_it_were_not(visitor: Visitor) -> None:
    """The case stands with the ministry; whoever has no grants sees no more than its absence."""
    appeal = await taken(visitor.region)
    await visitor.enter("administrator")
    hidden = await visitor.get(f"appeals/{appeal.number}")
    absent = await visitor.get("appeals/ПЛ-2026-999999")
    assert hidden.status_code == absent.status_code
    assert heading(hidden) == heading(absent)


NONE = ("0", "99", "9" * 18, "9" * 5_000, "²", "٧", "-1", "1 ", "%00")
"""Numbers that nothing has, or that are none."""


@pytest.mark.parametrize("room", ["documents", "requests", "problems", "letters", "batches"])
async def test_a_number_that_nothing_has_is_an_absence(visitor: Visitor, room: str) -> None:
    await visitor.enter("curator")
    for number in NONE:
        for path in (f"{room}/{number}", f"{room}/{number}/step"):
            answer = await visitor.get(path)
            assert answer.status_code == 404, (path[:40], heading(answer))


async def test_a_version_or_a_year_that_is_none_is_told_in_a_sentence(visitor: Visitor) -> None:
    document = await drafted(visitor)
    await visitor.enter("curator")
    page = f"documents/{document}"
    told = {"0": 200, "²": 200, "9" * 5_000: 200, "1e3": 200, "99": 404, "3000000000": 400}
    for number, status in told.items():
        for asked in ({"before": number, "after": "1"}, {"before": "1", "after": number}):
            assert (await visitor.get(page, **asked)).status_code == status, number[:20]
        assert (await visitor.get("obligations", year=number)).status_code == 400


async def test_the_numbers_of_the_morning_open_exactly_their_cases(visitor: Visitor) -> None:
    for number in range(3):
        await taken(visitor.region, number)
    await visitor.enter("curator")
    page = (await visitor.get()).text
    numbers = re.findall(r'<b><a href="/polygon/(appeals[^"]*)">([^<]*)</a></b>', page)
    assert len(numbers) == 6
    for link, shown in numbers:
        listed = (await visitor.http.get(f"/polygon/{link.replace('&amp;', '&')}")).text
        (total,) = re.findall(r">(\d+)</a> · на ", listed)
        if shown.isdigit():
            assert shown == total, link
    assert dict(numbers)[numbers[2][0]] == "3"


async def test_the_list_keeps_its_filter_in_the_address(visitor: Visitor) -> None:
    for number in range(27):
        await taken(visitor.region, number)
    await visitor.enter("curator")
    first = await visitor.get("appeals", theme="roads", order="OLDEST")
    assert len(re.findall(r'class="number" href="/polygon/appeals/', first.text)) == 25
    (following,) = re.findall(r'<a href="(\?[^"]*)">Следующие', first.text)
    second = await visitor.http.get(f"/polygon/appeals{following.replace('&amp;', '&')}")
    assert len(re.findall(r'class="number" href="/polygon/appeals/', second.text)) == 2
    none = await visitor.get("appeals", theme="health")
    assert "Таких обращений нет" in none.text


async def test_a_wrong_filter_is_a_sentence(visitor: Visitor) -> None:
    await visitor.enter("curator")
    answer = await visitor.get("appeals", receivedFrom="вчера")
    assert answer.status_code == 400
    assert heading(answer) == "Не показывается"


async def test_the_queries_of_a_page_can_be_seen(visitor: Visitor) -> None:
    await visitor.enter("curator")
    assert "Запросы этой страницы" not in (await visitor.get()).text
    shown = (await visitor.get("", show="queries")).text
    assert "Дольше всех ждут ответа: просроченные" in shown
    assert 'href="?">Скрыть запросы' in shown
    assert "Показать запросы" not in shown


async def test_the_first_page_offers_roles_of_a_demo_and_none_in_production(
    visitor: Visitor, open_test_region: OpenRegion
) -> None:
    page = (await visitor.http.get("/")).text
    assert 'href="/polygon/login/demo/curator"' in page
    assert 'href="/polygon/graphql"' in page


@pytest.mark.parametrize(
    ("role", "first"),
    [("coordinator", "my"), ("body-official", "my"), ("curator", ""), ("administrator", "")],
)
async def test_clerks_land_at_their_list_and_heads_at_the_morning(
    visitor: Visitor, role: str, first: str
) -> None:
    assert (await visitor.enter(role)).headers["location"] == f"/polygon/{first}"
    finds = 'role="search"' in (await visitor.get("law")).text
    assert finds == (role != "administrator")


async def test_a_foreign_region_is_a_sentence(visitor: Visitor) -> None:
    answer: httpx.Response = await visitor.http.get("/nowhere/my")
    assert (answer.status_code, heading(answer)) == (404, "Такого региона здесь нет")
