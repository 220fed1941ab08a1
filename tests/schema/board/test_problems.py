"""Problems on the board: the list, one timeline, forms of every step, what a stranger sees."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from core.appeals.figures.subject import APPEALS
from core.directory.model import Body, Person, Position
from core.kernel.access import system
from core.kernel.region import Region
from core.problems.model import Problem, Sighting
from core.shapes.figures.folding import fold
from schema.graphql.ids import global_id
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, became, carried, heading, visiting
from tests.schema.board.test_duties import card

pytestmark = pytest.mark.bare_rows
MONDAY, PLACE = date(2026, 3, 2), "kurskiy"
NEW = {"title": "Ямы <на въезде>", "source": "HEAT_MAP", "theme": "roads", "period": "2026-W10"}


@pytest.fixture
async def visitor(kursk: Region, clock: FrozenClock) -> AsyncIterator[Visitor]:
    """Kursk with a hot spot, who keeps its problems, who only reads, and a chief to answer."""
    clock.at(2026, 3, 10)
    before = {MONDAY - timedelta(days=7 * week): 2 for week in range(1, 21)}
    await Cases(kursk).spread({**before, MONDAY: 16}, municipality=PLACE)
    async with kursk.work(system()) as work:
        await fold(work, APPEALS)
        for role in ("curator", "coordinator"):
            await appoint(work, role, subject=f"demo-{role}")
        body = Body(key="agency", name="Агентство", kind="executive")
        work.session.add(body)
        await work.session.flush()
        position = Position(body_id=body.id, name="Начальник", rank="unit-head")
        work.session.add(position)
        await work.session.flush()
        work.session.add(Person(subject="chief", name="Главный", position_id=position.id))
    async with visiting(kursk) as shown:
        yield shown


async def chief(visitor: Visitor) -> str:
    async with visitor.region.database.reading() as session:
        query = select(Person.id).where(Person.subject == "chief")
        return global_id("Person", (await session.scalars(query)).one())


async def counts_carry_their_moment(visitor: Visitor) -> None:
    pages = {"known": await visitor.get("problems"), "": await visitor.get("problems/1")}
    for part, page in pages.items():
        link = carried(page.text, part).removeprefix("/kursk/").removeprefix("problems/1")
        assert became((await visitor.http.get(f"/kursk/problems/1{link}")).text) is None
        less = link.replace("was=16", "was=15")
        told = became((await visitor.http.get(f"/kursk/problems/1{less}")).text)
        assert str(told).endswith("было 15, сейчас 16.")


async def test_a_problem_is_kept_by_forms_and_shown_from_its_first_appeal(
    visitor: Visitor,
) -> None:
    await visitor.enter("curator")
    page = (await visitor.get("problems")).text
    assert "Таких проблем в перечне нет." in page
    (link,) = re.findall(r'href="(/kursk/appeals\?[^"]*)">16</a>', page)
    listed = (await visitor.http.get(unescape(link))).text
    assert ">16</a> · на " in listed
    assert 'data-operation="board/Moved"' not in listed
    form = (await visitor.get("problems/new/step/listProblem")).text
    assert f'<option value="{PLACE}">' in form
    nowhere = await visitor.send("problems/new/step/listProblem", **NEW)
    assert nowhere.status_code == 422
    assert "назовите его. Основание: " in nowhere.text
    made = await visitor.send("problems/new/step/listProblem", **NEW, municipality=PLACE)
    assert (made.status_code, made.headers["location"]) == (303, "/kursk/problems?done=listProblem")
    listed = card((await visitor.get("problems")).text, "Перечень")
    assert "Ямы <на въезде>" in listed
    assert 'href="/kursk/problems/1"' in listed
    steps = (
        ("setProblemCause", {"method": "WHYS", "reasons": "Не чинят\nНет договора"}),
        (
            "planProblemMeasure",
            {"text": "Договор", "due": "2026-04-01", "person": await chief(visitor)},
        ),
        ("declareProblemDrop", {"percent": "20"}),
    )
    for name, typed in steps:
        sent = await visitor.send(f"problems/1/step/{name}", **typed)
        assert (sent.status_code, sent.headers["location"]) == (
            303,
            f"/kursk/problems/1?done={name}",
        )
    shown = await visitor.get("problems/1")
    assert heading(shown) == "Ямы <на въезде>"
    line = card(shown.text, "По порядку")
    assert line.index("Первое обращение") < line.index("Внесена в перечень")
    assert "предстоит</time>Срок мероприятия № 1" in line
    assert "Нет договора" in card(shown.text, "Первопричина")
    assert "Главный" in card(shown.text, "Дорожная карта")
    assert "на 20 % меньше" in card(shown.text, "Дорожная карта").replace("\xa0", " ")
    assert "Обращения: 16" in re.sub("<[^>]*>", "", shown.text)
    await counts_carry_their_moment(visitor)
    early = await visitor.send("problems/1/step/closeProblem")
    assert early.status_code == 422
    assert "Сначала выполните все мероприятия" in early.text


async def test_a_conflict_is_entered_and_analysed(visitor: Visitor) -> None:
    await visitor.enter("curator")
    typed = {"kind": "CONFLICT", "on": "2026-03-02", "text": "Спор на встрече"}
    bare = await visitor.send("problems/new/step/recordSighting", **typed)
    assert bare.status_code == 422
    assert "Назовите орган" in bare.text
    made = await visitor.send("problems/new/step/recordSighting", **typed, body="agency")
    assert made.status_code == 303
    assert "sightings/1/step/analyseSighting" in (await visitor.get("problems")).text
    done = await visitor.send(
        "sightings/1/step/analyseSighting", cause="Не ждали", conclusion="Готовиться"
    )
    assert (done.status_code, done.headers["location"]) == (
        303,
        "/kursk/problems?done=analyseSighting",
    )
    assert "Вывод: Готовиться" in card(
        (await visitor.get("problems")).text, "Конфликты, ошибки, голосования"
    )
    async with visitor.region.database.reading() as session:
        assert (await session.scalars(select(Sighting.conclusion))).one() == "Готовиться"


async def test_who_only_reads_is_offered_nothing(visitor: Visitor) -> None:
    await visitor.enter("curator")
    await visitor.send("problems/new/step/listProblem", **NEW, municipality=PLACE)
    await visitor.enter("coordinator")
    assert "problems/new/step" not in (await visitor.get("problems")).text
    page = (await visitor.get("problems/1")).text
    assert "/step/" not in page
    assert "Что сейчас сделать нельзя" in page
    refused = await visitor.send("problems/1/step/setProblemCause", method="WHYS", reasons="а\nб")
    assert refused.status_code == 422
    for path in ("problems/9", "problems/x", "sightings/9/step/analyseSighting"):
        assert (await visitor.get(path)).status_code == 404, path
    async with visitor.region.database.reading() as session:
        assert (await session.scalars(select(Problem.state))).one() == "listed"
