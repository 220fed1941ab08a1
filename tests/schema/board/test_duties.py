"""Obligations by months and requests by who is to answer, as the board shows them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules import BodyKind
from core.kernel.access import Actor, system
from core.law.periods import Periodicity
from core.obligations.law import NewObligation, decide_obligation
from core.obligations.sweep import watch_obligations
from core.requests.answering import answer_request
from core.requests.asking import NewRequest, request_materials
from core.requests.model import MaterialRequest
from core.requests.rules import Side
from schema.board.actions.calendar import GONE, NONE
from schema.board.pages.obligations import by_month
from tests.conftest import OpenRegion
from tests.core.documents.people import open_people
from tests.core.obligations.test_life import ORDER
from tests.core.requests.test_rights import LETTER
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, became, carried, heading, visiting
from tests.schema.board.test_documents import cells

HEALTH = "committee-health"
SIDES = (Side.CENTRE, Side.STATE_BODIES)


@pytest.fixture
async def kursk(open_test_region: OpenRegion) -> AsyncIterator[tuple[Visitor, dict[str, Actor]]]:
    """Kursk with its head, its executor and an official of the health committee."""
    region = await open_test_region("kursk")
    actors = {}
    async with region.work(system()) as work:
        body = (await work.session.scalars(select(Body.id).where(Body.key == HEALTH))).one()
        for role in ("head", "executor", "body-official"):
            of = body if role == "body-official" else None
            actors[role] = await appoint(work, role, body_id=of, subject=f"demo-{role}")
        await watch_obligations(work)
    async with visiting(region) as visitor:
        yield visitor, actors


def card(page: str, title: str) -> str:
    """The block under a heading, without what follows it."""
    found = re.search(rf"<h2>{title}</h2>(.*?)</section>", page, re.DOTALL)
    return unescape(found[1]) if found else ""


def marks_of(page: str) -> set[tuple[str, str]]:
    """How states are marked, each with its word."""
    return set(re.findall(r'<span class="mark (\w+)">([^<]+)</span>', page))


def test_obligations_stand_under_the_months_of_their_last_days() -> None:
    days = ("2026-01-20", "2026-01-31", "2027-04-20")
    found = by_month([{"due": day} for day in days])
    assert [(month, len(rows)) for month, rows in found] == [("Январь 2026", 2), ("Апрель 2027", 1)]


async def test_the_year_stands_by_months_and_my_own_list_first(
    kursk: tuple[Visitor, dict[str, Actor]], clock: FrozenClock
) -> None:
    visitor, _ = kursk
    await visitor.enter("head")
    page = (await visitor.get("obligations")).text
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    assert titles[0] == "Мои"
    assert titles[1:] == ["Июнь 2026", "Сентябрь 2026", "Декабрь 2026", "Март 2027"]
    own = card(page, "Мои")
    assert cells(own, "Как исполнена") == [" идёт "]
    assert cells(own, "Срок") == ["по 31.12.2026 включительно"]
    assert "Ежегодная актуализация дорожной карты (2026)" in cells(own, "Обязанность")[0]
    assert "абз. 2 п. 3.4" in cells(own, "Обязанность")[0]
    assert marks_of(page) == {("soon", "идёт")}
    links = [carried(page, one) for one in ("own", "m2026-06")]
    clock.at(2026, 7, 2)
    await visitor.enter("head")
    for link in links:  # none is new, and none has gone
        assert became((await visitor.http.get(f"/kursk/obligations{link}")).text) is None
    more = links[0].replace("was=1", "was=3")
    told = became((await visitor.http.get(f"/kursk/obligations{more}")).text)
    assert told is not None
    assert told.endswith("было 3, сейчас 1: 2 в этом списке больше нет.")
    page = (await visitor.get("obligations")).text
    assert "late" in card(page, "Июнь 2026")
    assert marks_of(page) == {("soon", "идёт"), ("late", "не исполнено")}


async def test_the_address_of_the_calendar_is_given_once_and_revoked(
    kursk: tuple[Visitor, dict[str, Actor]],
) -> None:
    visitor, _ = kursk
    await visitor.enter("executor")
    place = "/kursk/obligations/calendar"

    async def token() -> str:
        page = (await visitor.get("obligations")).text
        (found,) = re.findall(
            rf'action="{place}"><input type="hidden" name="form" value="([^"]+)"', page
        )
        return str(found)

    async def press(form: Mapping[str, str]) -> str:
        """What each of two presses of one button gives."""
        twice = [visitor.http.post(place, data=form) for _ in range(2)]
        first, second = [one.text for one in await asyncio.gather(*twice)]
        assert first == second
        return first

    assert (await visitor.http.post(place, data={"revoke": "1"})).status_code == 403
    back = await visitor.http.get(place)
    assert (back.status_code, back.headers["location"]) == (303, "/kursk/obligations")
    given = [await press({"form": await token()}) for _ in range(2)]
    old, new = (re.findall(r'id="f-given" readonly value="([^"]+)"', one)[0] for one in given)
    assert new not in (await visitor.get("obligations")).text
    files = [await visitor.http.get(urlsplit(one).path) for one in (old, new)]
    assert [one.status_code for one in files] == [404, 200]
    assert files[1].text.startswith("BEGIN:VCALENDAR")
    for said in (GONE, NONE):
        assert said in await press({"form": await token(), "revoke": "1"})
    assert (await visitor.http.get(urlsplit(new).path)).status_code == 404


async def test_what_each_block_owes_names_its_block(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("chelyabinsk"))
    new = NewObligation(
        "block-report", date(2026, 3, 2), "chelyabinsk.641/pol.15", 20,
        "Отчёт блока за квартал", "block-responsible", Periodicity.QUARTER, "progress-report",
    )  # fmt: skip
    async with people.region.work(people.actors["head"]) as work:
        await decide_obligation(work, new, ORDER)
    async with people.region.work(system()) as work:
        await appoint(work, "head", subject="demo-head")
        await watch_obligations(work)
    async with visiting(people.region) as visitor:
        await visitor.enter("head")
        page = card((await visitor.get("obligations")).text, "Апрель 2026")
    owing = [one.strip() for one in cells(page, "Кто обязан")]
    assert len({*owing}) == 8
    assert "Ответственный за отраслевой блок: Дороги" in owing


async def test_a_year_that_is_none_is_a_sentence(
    kursk: tuple[Visitor, dict[str, Actor]],
) -> None:
    visitor, _ = kursk
    await visitor.enter("head")
    for year in ("этот", "99999", "1999"):
        answer = await visitor.get("obligations", year=year)
        assert (answer.status_code, heading(answer)) == (400, "Не показывается")
    await visitor.enter("body-official")
    assert (await visitor.get("obligations")).status_code == 403


async def test_a_request_stands_with_who_is_to_answer(
    kursk: tuple[Visitor, dict[str, Actor]],
) -> None:
    visitor, actors = kursk
    new = NewRequest(*SIDES, "Сведения о приёме", HEALTH, 10)
    async with visitor.region.work(actors["executor"]) as work:
        number = (await request_materials(work, new)).id
    await visitor.enter("head")
    page = (await visitor.get("requests")).text
    assert "Таких запросов нет" in card(page, "Ждут ответа от Вас")
    assert "Сведения о приёме" in card(page, "Ждут ответа от других")
    await visitor.enter("body-official")
    page = (await visitor.get("requests")).text
    assert "Сведения о приёме" in card(page, "Ждут ответа от Вас")
    assert card(page, "Ждут ответа от других") == ""
    async with visitor.region.work(actors["body-official"]) as work:
        await answer_request(work, number, "Приём по вторникам <i>")
    page = (await visitor.get("requests")).text
    assert "Таких запросов нет" in card(page, "Ждут ответа от Вас")
    assert "Приём по вторникам &lt;i&gt;" in page
    assert marks_of(page) == {("good", "материалы представлены")}


def waiting(page: str) -> str:
    """How many requests wait for whom, as the head of the page says it."""
    said = re.sub(r"<[^>]+>", "", re.findall(r'<p class="quiet">(Ждут ответа .*?)</p>', page)[0])
    return said.removeprefix("Ждут ответа ").partition(", всего")[0]


async def test_old_requests_that_wait_for_me_stand_behind_many_of_others(
    kursk: tuple[Visitor, dict[str, Actor]], clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted whole, though the page shows a part; each can be walked to and answered."""
    visitor, actors = kursk
    monkeypatch.setattr("schema.board.pages.requests.WAITING", 2)
    async with visitor.region.work(actors["executor"]) as work:
        letter = NewRequest(Side.MUNICIPAL_BODIES, Side.CENTRE, "Отчёт за год", letter=LETTER)
        await request_materials(work, letter)
        kinds = select(Body.key).where(Body.kind == BodyKind.EXECUTIVE, Body.key != HEALTH)
        other = (await work.session.scalars(kinds.order_by(Body.key).limit(1))).one()
        for body, text in ((HEALTH, "Первое"), (other, "Второе"), *[(other, "Последнее")] * 2):
            await request_materials(work, NewRequest(*SIDES, text, body, 10))
    await visitor.enter("body-official")
    assert waiting((await visitor.get("requests")).text) == "от Вас 1, от других 0"
    await visitor.enter("head")
    page = (await visitor.get("requests")).text
    assert waiting(page) == "от Вас 1, от других 4"
    assert "Отчёт за год" in card(page, "Ждут ответа от Вас")
    others = card(page, "Ждут ответа от других")
    assert "Показаны 2 из 4, сначала те, что ждут дольше." in others
    assert ("Первое" in others, "Последнее" in others) == (True, False)
    (later,) = re.findall(r'href="(\?[^"]*)">Следующие, поданные позже', others)
    rest = await visitor.http.get(f"/kursk/requests{unescape(later)}")
    assert card(rest.text, "Ждут ответа от других").count("Последнее") == 2
    assert "поданные позже" not in rest.text
    assert "Отчёт за год" in card(rest.text, "Ждут ответа от Вас")
    link = carried(page, "theirs")
    assert became((await visitor.http.get(f"/kursk/requests{link}")).text) is None
    clock.forward(minutes=1)
    async with visitor.region.work(actors["executor"]) as work:
        await request_materials(work, NewRequest(*SIDES, "Ещё одно", other, 10))
    told = became((await visitor.http.get(f"/kursk/requests{link}")).text)
    assert told is not None
    assert told.endswith("было 4, сейчас 5, новых 1: №\u00a06.")


async def test_a_request_is_answered_and_refused_by_forms(
    kursk: tuple[Visitor, dict[str, Actor]],
) -> None:
    visitor, actors = kursk
    new = NewRequest(*SIDES, "Сведения о приёме", HEALTH, 10)
    async with visitor.region.work(actors["executor"]) as work:
        first = (await request_materials(work, new)).id
        second = (await request_materials(work, new)).id
        third = (await request_materials(work, new)).id
        await request_materials(work, NewRequest(*SIDES, "Не к спеху", HEALTH))
    await visitor.enter("body-official")
    page = (await visitor.get("requests")).text
    assert f"requests/{first}/step/answerMaterialRequest" in page
    mine = card(page, "Ждут ответа от Вас")
    assert mine.index("Сведения о приёме") < mine.index("Не к спеху"), "what has a term is first"
    assert "withdrawMaterialRequest" not in page, "that is the centre's"
    done = await visitor.send(f"requests/{first}/step/answerMaterialRequest", reply="По вторникам")
    assert (done.status_code, done.headers["location"]) == (
        303,
        "/kursk/requests?done=answerMaterialRequest",
    )
    path = f"requests/{second}/step/refuseMaterialRequest"
    normless = await visitor.send(path, reason="Тайна <i>", norm=" ")
    assert normless.status_code == 422
    assert "Отказ в материалах называет норму" in normless.text
    assert "Тайна &lt;i&gt;</textarea>" in normless.text
    assert (await visitor.send(path, reason="Тайна", norm="ст. 6 59-ФЗ")).status_code == 303
    path = f"requests/{third}/step/withdrawMaterialRequest"
    assert (await visitor.send(path, reason="Не нужно")).status_code == 422
    await visitor.enter("executor")
    assert (await visitor.send(path, reason="Не нужно")).status_code == 303
    async with visitor.region.database.reading() as session:
        columns = select(MaterialRequest.state, MaterialRequest.norm)
        rows = await session.execute(columns.order_by(MaterialRequest.id))
        assert [tuple(row) for row in rows] == [
            ("answered", None), ("refused", "ст. 6 59-ФЗ"), ("withdrawn", None), ("asked", None),
        ]  # fmt: skip
    late = await visitor.send(path, reason="Не нужно")
    assert "Запрос уже закрыт" in late.text
    assert (await visitor.get("requests/999/step/answerMaterialRequest")).status_code == 404
