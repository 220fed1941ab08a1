"""The journal on the board: what is looked for stands in the address, and whom it is open to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import core
from core.appeals import handover
from core.appeals.rules.intake import Channel
from core.directory.service import actor_in
from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.region import Region
from core.ratings.rules import RatingMethod
from core.region.catalogue import CORE
from schema.board.words.entries import ENUMS, FIELDS
from schema.board.words.keys import keys_of
from schema.board.words.subjects import NOUNS
from schema.board.words.values import quarter
from schema.build import build_schema
from tests.conftest import OpenRegion
from tests.fixtures.actors import appoint
from tests.schema.board.conftest import Visitor, heading, visiting
from tests.schema.board.test_documents import cells
from tests.schema.board.test_pages import taken


async def test_the_journal_is_looked_through_by_its_filters(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    async with visitor.region.work(system()) as work:
        await work.record(Event("noted", "thing:1", "причина <b>", {}, {"n": 2}))
        await work.record(Event("noted", "problem_category:all"))
    await visitor.enter("curator")
    page = (await visitor.get("journal", subject="thing:1")).text
    assert [" ".join(one.split()) for one in cells(page, "Что произошло")] == [
        "Задание оставило след причина <b> Что изменилось N 2"
    ]
    assert cells(page, "С чем") == [" запись № 1 "]
    assert cells(page, "Кто") == [" система "]
    together = (await visitor.get("journal", subject="категория проблем")).text
    assert cells(together, "С чем") == [" категория проблем "]
    of_case = (await visitor.get("journal", subject=f"appeal:{appeal.id}")).text
    assert cells(of_case, "Что произошло")[0].startswith("Обращение принято ")
    assert cells((await visitor.get("journal", name="ticked")).text, "Когда") == []
    assert "Таких записей нет" in (await visitor.get("journal", actor="никто")).text
    assert 'name="subject" value=""' in (await visitor.get("journal")).text
    moment = "export:2026-03-02T12:00:00+00:00"
    assert f'name="subject" value="{moment}"' in (await visitor.get("journal", subject=moment)).text


async def test_officials_and_cases_are_told_as_people_tell_them(visitor: Visitor) -> None:
    """And found by what is told: no login and no kind in Latin letters has to be known."""
    appeal = await taken(visitor.region)
    async with visitor.region.work(system()) as work:
        official = await actor_in(work, "demo-body-official")
    async with visitor.region.work(official) as work:
        await handover.accept(work, appeal.id)
    await visitor.enter("curator")
    name, case = "Проверочный demo-body-official", f"обращение № {appeal.number}"
    by_name = (await visitor.get("journal", actor=name)).text
    assert {one.strip() for one in cells(by_name, "Кто")} == {name}
    assert case in {one.strip() for one in cells(by_name, "С чем")}
    of_case = (await visitor.get("journal", subject=case)).text
    assert {one.strip() for one in cells(of_case, "С чем")} == {case}
    assert f'name="subject" value="{case}"' in of_case
    assert "Таких записей нет" in (await visitor.get("journal", subject="обращение № 0")).text


async def test_a_case_within_an_entry_is_told_by_its_number(visitor: Visitor) -> None:
    """As the case itself is: the number of its row leads nobody anywhere."""
    appeal = await taken(visitor.region)
    told = {"appeal": appeal.id, "opened": appeal.id}
    async with visitor.region.work(system()) as work:
        await work.record(Event("noted", "letter:1", None, {}, told))
    await visitor.enter("curator")
    page = (await visitor.get("journal", subject="letter:1")).text
    (said,) = [" ".join(one.split()) for one in cells(page, "Что произошло")]
    assert said.count(appeal.number) == 2


async def test_who_came_in_is_named(visitor: Visitor) -> None:
    await visitor.enter("curator")
    page = (await visitor.get("journal", name="session.opened")).text
    assert {one.strip() for one in cells(page, "Кто")} == {"Проверочный demo-curator"}


def test_every_kind_that_is_declared_has_its_noun() -> None:
    assert {kind.subject for kind in CORE} <= set(NOUNS)


async def test_the_latest_stand_first_and_the_rest_behind(visitor: Visitor) -> None:
    async with visitor.region.work(system()) as work:
        for number in range(27):
            await work.record(Event("noted", f"thing:{number}"))
    await visitor.enter("curator")
    page = (await visitor.get("journal", name="noted")).text
    assert [one.strip() for one in cells(page, "С чем")][:2] == ["запись № 26", "запись № 25"]
    (following,) = re.findall(r'<a href="(\?[^"]*)">Следующие', page)
    rest = await visitor.http.get(f"/polygon/journal{following.replace('&amp;', '&')}")
    assert [one.strip() for one in cells(rest.text, "С чем")] == ["запись № 1", "запись № 0"]


async def test_the_journal_of_the_region_is_not_for_a_body(visitor: Visitor) -> None:
    await visitor.enter("body-official")
    answer = await visitor.get("journal")
    assert (answer.status_code, heading(answer)) == (403, "Нет права")
    assert ">Журнал<" not in (await visitor.get("appeals")).text


CORE_HOME = Path(core.__file__).parent
FIELD = re.compile(r'"([a-z_]+)":')
WRITTEN = re.compile(r"\b(?:after|before)\s*=\s*\{([^{}]*)\}")


def test_every_field_that_is_written_has_its_name() -> None:
    texts = [path.read_text("utf-8") for path in CORE_HOME.rglob("*.py")]
    written = {
        name for text in texts for held in WRITTEN.findall(text) for name in FIELD.findall(held)
    }
    assert len(written) > 50
    assert written <= set(FIELDS)


def test_every_code_of_a_field_is_one_of_the_api(polygon: Region) -> None:
    types = build_schema(polygon)._schema.type_map
    assert {name for name in ENUMS.values() if name not in types} == set()
    assert {field.partition("/")[0] for field in ENUMS} <= set(NOUNS)


async def test_a_draft_that_was_tried_is_told_in_words(visitor: Visitor) -> None:
    draft = {"weights": {"time": 2, "quality": 0}, "days": 20, "channels": ["letter"]}
    after = {"method": "federal", "draft": draft, "periods": ["2026-Q1"], "moved": 3}
    async with visitor.region.work(system()) as work:
        await work.record(Event("noted", "rating_draft:1", "ru.1844/8.а", {}, after))
        name = work.rules.get(RatingMethod, "federal", work.today).name
        channel = work.rules.get(Channel, "letter", work.today).name
    await visitor.enter("curator")
    page = (await visitor.get("journal", name="noted")).text
    (told,) = [" ".join(one.split()) for one in cells(page, "Что произошло")]
    period = " ".join(quarter("2026-Q1").split())
    assert told.partition("Что изменилось ")[2] == (
        f"Методика {name} Проект веса (сроки — 2; качество — 0); суток до полного балла — 20;"
        f" каналы — {channel} Кварталы {period} У скольких другое место 3"
    )


async def test_what_changed_is_told_in_words(visitor: Visitor) -> None:
    """A norm by its title, a body and a state by what they are called, a moment by the clock."""
    appeal = await taken(visitor.region)
    subject = f"appeal:{appeal.id}"
    before = {"state": "assigned", "body": appeal.body_id, "due_at": "2026-04-01T18:59:59+00:00"}
    after = {**before, "state": "queued", "body": None, "upheld": True, "on": "2026-03-02"}
    async with visitor.region.work(system()) as work:
        await work.record(Event("noted", subject, "ru.1844/8.а", before, after))
    await visitor.enter("curator")
    page = (await visitor.get("journal", name="noted")).text
    (told,) = [" ".join(one.split()) for one in cells(page, "Что произошло")]
    assert told == (
        "Задание оставило след подп. «а» п. 8 Правил № 1844 Что изменилось"
        " Состояние было: направлено; стало: в очереди координатора"
        " Орган было: Министерство полигона; стало: нет"
        " Возражение принято да День 02.03.2026"
    )


NOTED = "appeal.escalated"


@pytest.mark.parametrize("code", ["kursk", "chelyabinsk", "mari_el", "murmansk"])
async def test_keys_of_the_law_are_told_by_what_they_are_called(
    open_test_region: OpenRegion, code: str
) -> None:
    region = await open_test_region(code)
    called = keys_of(region.rules)
    assert [key for key, name in called.items() if re.search("[a-z]", name)] == []
    held = {field: key for field, _, key in (one.partition(":") for one in called)}
    assert held.keys() >= {"appeal/step", "role", "term", "document/kind", "indicator/kind"}
    async with visiting(region) as visitor:
        async with region.work(system()) as work:
            await appoint(work, "curator", subject="demo-curator")
            for field, key in held.items():
                kind, _, name = field.rpartition("/")
                await work.record(Event(NOTED, f"{kind or 'appeal'}:0", None, {}, {name: key}))
        await visitor.enter("curator")
        page = (await visitor.get("journal", name=NOTED)).text
    told = "".join(cells(page, "Что произошло"))
    assert [key for key in held.values() if re.search(rf"\b{re.escape(key)}\b", told)] == []
