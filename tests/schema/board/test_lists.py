"""Lists: filters by hand, saved views, files, the way back."""

from __future__ import annotations

import io
import re
from html import unescape
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

import httpx
import pytest
from python_calamine import load_workbook
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.sessions.model import SavedView
from core.sessions.views import LONGEST_NAME, MOST
from schema.board.actions import export
from schema.board.lists.filters import narrowed
from schema.board.parameters import OF_ONE
from schema.board.sitemap import PAGES
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_pages import taken


async def test_a_filter_by_hand(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("curator")
    moved = await visitor.get("appeals", find="1", theme="*", state="ASSIGNED", text="")
    assert (moved.status_code, moved.headers["location"]) == (
        303, "/polygon/appeals?state=ASSIGNED",
    )  # fmt: skip
    found = await visitor.get("appeals", state="ASSIGNED", columns="channel")
    assert f'id="{appeal.number}"' in found.text
    assert re.findall(r'<th scope="col">([^<]*)</th>', found.text) == ["Обращение", "Откуда"]
    assert '<option value="ASSIGNED" selected>' in found.text
    assert "Отбор: Состояние: направлено." in found.text
    told = await visitor.get("appeals", theme=",roads", dueBefore="2026-09-17", overdue="1")
    assert (
        "Отбор: О чём: без тематики, Дороги; Срок по 17.09.2026 включительно; просроченные."
        in told.text
    )
    none = await visitor.get("appeals", state="CLOSED")
    assert "Таких обращений нет" in none.text
    for asked in ({"receivedFrom": "вчера"}, {"state": "NOPE"}):
        wrong = await visitor.get("appeals", **asked)
        assert (wrong.status_code, "стоит значение, которого не бывает" in wrong.text) == (
            400,
            True,
        )
    assert 'type="search" maxlength="300"' in none.text
    long = await visitor.get("appeals", text="я" * 301)
    assert (long.status_code, "слишком длинное" in long.text) == (400, True)


@pytest.mark.parametrize("day", ["2026-02-30", "0026-11-30", "9999-12-31"])
async def test_a_day_that_there_is_not_is_named(visitor: Visitor, day: str) -> None:
    """A year half typed into a field of days: which of four is wrong is not left to guess."""
    await visitor.enter("curator")
    for name in ("receivedFrom", "dueBefore"):
        answer = await visitor.get("appeals", find="1", **{name: day})
        answer = await visitor.http.get(answer.headers["location"])
        assert answer.status_code == 400
        said = f"Отбор по дню «{day}»: такого дня нет или год не от 1900 до 2199"
        assert said in answer.text
    assert (await visitor.get("appeals", dueBefore="2199-12-30")).status_code == 200


async def test_a_strange_parameter_of_an_address_is_named(visitor: Visitor) -> None:
    await visitor.enter("curator")
    for path, name in (
        ("appeals?order=zzz", "order"), ("my?order=zzz", "order"),
        ("my?awaitsMe=maybe", "awaitsMe"),
        ("appeals?overdue=yes", "overdue"), ("appeals?columns=due,zzz", "columns"),
        ("appeals?overdeu=1", "overdeu"), ("indicators?state=zzz", "state"),
        ("problems?state=zzz", "state"), ("map?look=zzz", "look"), ("map?view=zzz", "view"),
        ("map?theme=zzz", "theme"), ("map?grid=zzz", "grid"), ("figures?measure=zzz", "measure"),
        ("figures?each=zzz", "each"), ("appeals/list.csv?order=zzz", "order"),
    ):  # fmt: skip
        answer = await visitor.http.get(f"/polygon/{path}")
        assert (answer.status_code, f"«{name}»" in answer.text) == (400, True), path
    await visitor.enter("coordinator")
    assert (await visitor.get("incoming", state="zzz")).status_code == 400


async def test_a_parameter_that_there_is_not_is_named(visitor: Visitor) -> None:
    """On every page, form and file: in silence it would read as one that narrows."""
    appeal = await taken(visitor.region)
    forms = [
        f"appeals/{appeal.number}/{one}" for one in ("step/acceptAppeal", "files", "applicant")
    ]
    forms += [f"letters/new/{appeal.number}", "documents/1/step/decideDocument"]
    await visitor.enter("administrator")
    for path in (*(one.shown for one in PAGES), *forms, *export.FILES):
        answer = await visitor.get(path, zzz="1")
        assert (answer.status_code, "Параметра «zzz»" in answer.text) == (400, True), path


def test_parameters_are_those_of_pages_that_there_are() -> None:
    assert {*OF_ONE} <= {one.path for one in PAGES}


async def test_one_box_finds_by_number_words_and_address(visitor: Visitor) -> None:
    appeal = await taken(visitor.region, text="Не горит фонарь", address="ул. Садовая, д. 5")
    await visitor.enter("curator")
    for said, place in (
        (f" {appeal.number.lower()} ", f"/{appeal.number}"),
        ("горящий фонарь", "?text=горящий+фонарь"),
        ("садовая 5", "?address=садовая+5"),
        ("светофор", "?text=светофор"),
        ("46-2026-999", "?number=46-2026-999"),
        (" % 😀 ", ""),
        ("", ""),
    ):
        to = await visitor.get("appeals", find="number", number=said)
        assert unquote(to.headers["location"]) == f"/polygon/appeals{place}", said


async def test_what_a_list_is_narrowed_to_is_told_and_kept_by_its_form(visitor: Visitor) -> None:
    await visitor.enter("curator")
    asked = {
        "receivedFrom": "2026-09-30T19:00:00Z", "receivedBefore": "2026-10-31T19:00:00Z",
        "dueFrom": "2026-11-29T01:10:16Z", "dueBefore": "2026-12-05T01:00:00Z",
        "registeredBefore": "2026-10-01", "answeredFrom": "1970-01-01T00:00:00Z",
        "closedFrom": "2026-10-05T19:00:00Z", "changedAfter": "2026-10-06T19:30:00Z",
        "outcome": ",SOLVED", "regime": "APPEAL", "dueRule": "answer",
    }  # fmt: skip
    page = unescape((await visitor.get("appeals", **asked)).text)
    (told,) = re.findall(r"<p>Отбор: (.*?)\. <a", page)
    assert told.split("; ") == [
        "Результат: без результата, решено, с подтверждением",
        "Вид: обращение",
        "Какой срок: Рассмотрение обращения",
        "Поступило с 01.10.2026",
        "Поступило по 31.10.2026 включительно",
        "Срок с 29.11.2026, 06:10",
        "Срок раньше 05.12.2026, 06:00",
        "Зарегистрировано по 01.10.2026 включительно",
        "с ответом",
        "Закрыто с 06.10.2026",
        "Изменено с 07.10.2026, 00:30",
    ]
    assert dict(re.findall(r'name="(\w+)" type="date" value="([^"]*)"', page)) == {
        "receivedFrom": "2026-10-01", "receivedBefore": "2026-10-31",
        "dueFrom": "2026-11-29", "dueBefore": "2026-12-05",
    }  # fmt: skip
    form = page[page.index('data-operation="board/Choices"') : page.index("Столбцы</legend>")]
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)) == {
        "find": "1", "answeredFrom": asked["answeredFrom"], "closedFrom": asked["closedFrom"],
        "changedAfter": asked["changedAfter"], "registeredBefore": asked["registeredBefore"],
    }  # fmt: skip
    assert set(re.findall(r'<option value="([^"*]+)" selected', form)) >= {
        ",SOLVED", "APPEAL", "answer",
    }  # fmt: skip


@pytest.mark.parametrize("bound", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31"])
def test_a_bound_at_the_edge_of_time_is_told_as_it_is(bound: str) -> None:
    assert narrowed({"dueBefore": bound}, {}, ZoneInfo("America/New_York"))


def view_of(page: str) -> dict[str, str]:
    """The hidden fields of the form that keeps the address of a page."""
    form = page[page.index("Запомнить этот отбор") :]
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)[:2]
    }


async def saved(region: Region) -> list[SavedView]:
    async with region.database.reading() as session:
        return list(await session.scalars(select(SavedView)))


async def test_a_view_is_kept_sealed_for_its_owner_and_forgotten(visitor: Visitor) -> None:
    await visitor.enter("curator")
    shown_first = (await visitor.get("appeals", text="Петрова", overdue="1")).text
    form = view_of(shown_first)
    assert form["address"] == "appeals?text=%D0%9F%D0%B5%D1%82%D1%80%D0%BE%D0%B2%D0%B0&overdue=1"
    for name in ("  ", "я" * (LONGEST_NAME + 1)):
        refused = await visitor.http.post("/polygon/views", data={**form, "name": name})
        assert (refused.status_code, await saved(visitor.region)) == (422, [])
    away = {**form, "address": "https://example.org/?x", "name": "Чужое"}
    assert (await visitor.http.post("/polygon/views", data=away)).status_code == 400
    kept = await visitor.http.post("/polygon/views", data={**form, "name": " Мои  дороги "})
    assert (kept.status_code, kept.headers["location"]) == (303, f"/polygon/{form['address']}")
    (row,) = await saved(visitor.region)
    assert b"\xd0\x9f\xd0\xb5\xd1\x82" not in row.sealed
    again = (await visitor.get("appeals", text="Петрова", overdue="1")).text
    assert "Запомнить этот отбор" not in again
    assert "Забыть отбор «Мои дороги»" in again
    await visitor.enter("coordinator")
    assert "Мои дороги" not in (await visitor.get("appeals")).text
    other = view_of((await visitor.get("appeals", overdue="1")).text)
    drop = {**other, "do": "drop", "view": str(row.id)}
    assert (await visitor.http.post("/polygon/views", data=drop)).status_code == 303
    assert len(await saved(visitor.region)) == 1, "another's view is nobody's to forget"
    await visitor.enter("curator")
    mine = view_of((await visitor.get("appeals", overdue="1")).text)
    await visitor.http.post("/polygon/views", data={**mine, "do": "drop", "view": str(row.id)})
    assert await saved(visitor.region) == []


async def test_a_name_given_twice_is_one_view_and_there_are_only_so_many(visitor: Visitor) -> None:
    await visitor.enter("curator")
    form = view_of((await visitor.get("figures", by="THEME")).text)
    for number in range(MOST):
        await visitor.http.post("/polygon/views", data={**form, "name": f"Вид {number}"})
    same = await visitor.http.post("/polygon/views", data={**form, "name": "вид 3"})
    assert (same.status_code, len(await saved(visitor.region))) == (303, MOST)
    more = await visitor.http.post("/polygon/views", data={**form, "name": "Ещё"})
    assert (more.status_code, len(await saved(visitor.region))) == (422, MOST)
    assert "Забыть отбор «Вид 4»" in (await visitor.get("figures", by="THEME")).text
    assert "Вид 4" not in (await visitor.get("appeals")).text, "a view is of its own page"


async def test_the_list_as_a_file_says_what_its_page_says(visitor: Visitor) -> None:
    numbers = [(await taken(visitor.region, one)).number for one in range(3)]
    await visitor.enter("curator")
    page = (await visitor.get("appeals", order="OLDEST", columns="state,body")).text
    (book,) = re.findall(r'href="([^"]*list\.xlsx[^"]*)"', page)
    answer = await visitor.http.get(unescape(book))
    assert answer.headers["content-disposition"].endswith(".xlsx")
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Номер", "У кого", "Состояние"]
    assert [row[0] for row in rows[1:]] == numbers
    assert {row[2] for row in rows[1:]} == {"направлено"}
    async with visitor.region.reading(system()) as work:
        query = select(JournalEntry).where(JournalEntry.name == "appeals.exported")
        (said,) = await work.session.scalars(query)
    assert (said.actor, said.after) == ("demo-curator", {"cases": 3, "format": "xlsx"})
    table = (await visitor.get("appeals/list.csv", state="CLOSED", columns="state")).text
    assert table.splitlines() == ["Номер,Состояние"]


async def test_a_list_too_long_for_a_file_is_told_and_not_journalled(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST", 1)
    for one in range(2):
        await taken(visitor.region, one)
    await visitor.enter("curator")
    answer = await visitor.get("appeals/list.csv")
    assert answer.status_code == 400
    assert "В отборе 2 обращений" in answer.text
    async with visitor.region.reading(system()) as work:
        query = select(JournalEntry).where(JournalEntry.name == "appeals.exported")
        assert list(await work.session.scalars(query)) == []


async def test_from_case_to_case_in_the_order_that_was_shown(
    visitor: Visitor, clock: FrozenClock
) -> None:
    numbers = []
    for one in range(3):
        numbers.append((await taken(visitor.region, one)).number)
        clock.forward(minutes=1)
    await visitor.enter("body-official")
    page = (await visitor.get("my", order="OLDEST")).text
    links = [unescape(one) for one in re.findall(r'class="number" href="([^"]*)"', page)]
    assert [re.findall(r"appeals/([^?]*)", one)[0] for one in links] == [*map(quote, numbers)]
    first = (await visitor.http.get(links[0])).text
    assert 'rel="prev"' not in first
    (step,) = re.findall(r'href="([^"]*step/acceptAppeal[^"]*)"', first)
    done = await send(visitor, unescape(step))
    after = (await visitor.http.get(done.headers["location"])).text
    assert "Сделано: «Принять в работу»" in after
    (following,) = re.findall(r'href="([^"]*)" rel="next"', after)
    second = await visitor.http.get(unescape(following))
    assert heading(second) == numbers[1]
    (last,) = re.findall(r'href="([^"]*)" rel="next"', second.text)
    third = (await visitor.http.get(unescape(last))).text
    assert "это последнее в списке" in third
    (back,) = re.findall(r'<a href="([^"]*)">Назад: Мой список', third)
    assert unescape(back) == f"/polygon/my?order=OLDEST#{quote(numbers[2])}"
    alone = (await visitor.get(f"appeals/{numbers[1]}", list="https://example.org", at="x")).text
    assert "Назад: " not in alone


async def test_my_list_is_what_waits_for_my_step(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    for role, mine in (("body-official", True), ("coordinator", False), ("curator", False)):
        await visitor.enter(role)
        page = (await visitor.get("my")).text
        assert (f'id="{appeal.number}"' in page) is mine, role
        assert ("Вашего решения сейчас ничего не ждёт" in page) is not mine, role


async def send(visitor: Visitor, address: str) -> httpx.Response:
    shown_form = (await visitor.http.get(address)).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown_form))
    return await visitor.http.post(address, data=hidden)
