"""Between a draft and its final: whatever road an input was edited by, its cause is told."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from core.appeals import answers, handover
from core.appeals.correction import Correction, correct
from core.appeals.delivery.outcomes import unsend
from core.appeals.duplicates.service import join
from core.appeals.model import Appeal
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.satisfaction.judging import judge
from core.directory.model import Body
from core.directory.seed import load_directory
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.work import Work
from core.ratings.differences import Change, differences
from core.ratings.life import draft_rating, publish_rating, publish_trial
from core.ratings.model import Rating
from core.ratings.quarter import quarter_of
from core.ratings.releases import move_release
from core.ratings.versions import versions_of
from core.shapes.chains.rules import Ground
from tests.core.appeals.conftest import EXPLAINED, Desk, desk  # noqa: F401
from tests.core.indicators.cases import noon
from tests.core.ratings.volume import MINIMUM, fill

pytestmark = pytest.mark.bare_rows
PLACE = ("federal", quarter_of("2026-Q1"))
EDITED = ("agency-01-1", "agency-01-40")
INPUTS = int(os.environ.get("TSUR_TEST_INPUTS", "6"))
HEADER = "key,name,kind,parent,municipality,themes,default\n"
Step = Callable[[Work], Awaitable[object]]


@asynccontextmanager
async def between(at: Desk) -> AsyncIterator[None]:
    """Draft a rating on 20 May, wait for what is done, publish it on 23 June."""
    days = (date(2026, 5, 20), date(2026, 6, 23))
    ground = Ground(ActKind.ORDER, "12-р", date(2026, 3, 1))
    async with at.region.work(system()) as work:
        await move_release(work, *PLACE, days, "Проект раньше", ground)
    at.clock.at(2026, 5, 20)
    async with at.region.work(system()) as work:
        await publish_trial(work, *PLACE)
        await draft_rating(work, *PLACE)
    at.clock.at(2026, 6, 10)
    yield
    at.clock.at(2026, 6, 23)
    async with at.region.work(system()) as work:
        await publish_rating(work, *PLACE)


async def changed(at: Desk) -> list[Change]:
    """The differences between the draft and the final."""
    async with at.region.work(system()) as work:
        row = (await work.session.scalars(select(Rating))).one()
        draft, final = (await versions_of(work, row))[-2:]
        return await differences(work, row, draft, final)


async def do(at: Desk, actor: Actor, step: Step) -> None:
    async with at.region.work(actor) as work:
        await step(work)


@pytest.fixture
async def filled(desk: Desk) -> Desk:  # noqa: F811
    async with desk.region.work(system()) as work:
        work.session.add(Body(key="bureau", name="Бюро", kind="executive"))
    for body, good in (("ministry", MINIMUM), ("agency", 31)):
        await fill(desk.region, body, good, MINIMUM - good)
    return desk


async def test_every_road_is_told_with_its_actor_and_ground(filled: Desk, tmp_path: Path) -> None:
    at = filled
    sent = await at.answered(external_id="п-10")
    disputed = await at.answered(external_id="п-11")
    await do(at, at.official, lambda work: answers.close(work, disputed))
    old = (await at.appeal(disputed)).number
    works = [(await at.take(external_id=f"п-{n}")).appeal_id for n in range(12, 18)]
    for one in works:
        await at.accept(one)
    corrected, moved, late, withdrawn, first, second = works
    async with between(at):
        await do(at, at.official, lambda work: unsend(work, sent, "Отправлено не туда"))
        renewed = await at.take(external_id="п-20", addressee=None, text="Яма.", disputes=old)
        await do(at, at.curator, lambda work: judge(work, 1, upheld=True, verdict="Яма на месте"))
        theme = Correction(theme="transport")
        await do(at, at.curator, lambda work: correct(work, corrected, theme, "Не та тематика"))
        await do(at, at.curator, lambda work: handover.transfer(work, moved, "agency", "Его дело"))
        await do(at, at.official, lambda work: answers.answer(work, late, EXPLAINED))
        said = Statement(date(2026, 6, 9), "папка 3")
        await do(at, at.curator, lambda work: withdraw(work, withdrawn, said))
        await do(at, at.curator, lambda work: join(work, [first, second], "Одна яма"))
        table = tmp_path / "bodies.csv"
        table.write_text(f"{HEADER}agency,Новое агентство,executive,,,,\n", "utf-8")
        await do(at, system(), lambda work: load_directory(work, table))
    found = await changed(at)
    assert [one for one in found if not one.causes] == []
    told = {
        (one.number, one.field, tuple((c.kind.value, c.what, c.actor) for c in one.causes))
        for one in found
    }
    numbers = {one: (await at.appeal(one)).number for one in (sent, disputed, *works)}
    assert renewed.appeal_id not in numbers
    assert {number for number, _, _ in told} == {
        *(numbers[one] for one in (sent, disputed, corrected, moved, late, withdrawn)), None
    }  # fmt: skip
    why = {(number, field): cause for number, field, cause in told}
    unsent = (("fact", "отмена отправки, сделанной с ошибкой отправителя", "official"),)
    for field in ("answered_at", "days", "merits"):
        assert why[numbers[sent], field] == unsent
    upheld = ("fact", "возобновление по новому обращению", "curator")
    assert upheld in why[numbers[disputed], "reworks"]
    assert why[numbers[corrected], "theme"] == (("fact", "исправление принятого", "curator"),)
    assert why[numbers[moved], "holder"] == (("fact", "передача", "curator"),)
    assert why[numbers[late], "answered_at"] == (("fact", "ответ", "official"),)
    assert why[numbers[withdrawn], "outcome"][0][1] == "отзыв"
    assert why[None, "name"] == (("body", "орган внесён в справочник или изменён", "system"),)
    (name,) = [one for one in found if one.field == "name"]
    assert (name.body, name.before, name.after) == ("agency", "Агентство", "Новое агентство")


Road = tuple[str, str, Callable[[Work, int], Awaitable[object]]]
"""Who edits which field of a case by what step."""

WAYWARD, GIVEN_UP = Correction(theme="transport"), Statement(date(2026, 6, 9), "папка 3")
BACK: Road = (
    "official", "holder", lambda work, one: handover.return_case(work, one, "Не наше дело"),
)  # fmt: skip
UNSENT: Road = ("official", "answered_at", lambda work, one: unsend(work, one, "Не туда"))
ROADS: tuple[Road, ...] = (
    ("curator", "theme", lambda work, one: correct(work, one, WAYWARD, "Не та тематика")),
    ("curator", "holder", lambda work, one: handover.transfer(work, one, "agency", "Его дело")),
    ("official", "answered_at", lambda work, one: answers.answer(work, one, EXPLAINED)),
    ("curator", "outcome", lambda work, one: withdraw(work, one, GIVEN_UP)),
    BACK,
    UNSENT,
)


async def test_one_input_edited_by_any_road_is_told(filled: Desk) -> None:
    """`make inputs` edits a thousand cases, each by one road: none is missed or unexplained."""
    at, roads = filled, [ROADS[number % len(ROADS)] for number in range(INPUTS)]
    cases = []
    for number, road in enumerate(roads):
        named: dict[str, Any] = {"external_id": f"в-{number}", "text": f"Яма {number}."}
        if road is UNSENT:
            cases.append(await at.answered(**named))
            continue
        cases.append((await at.take(**named)).appeal_id)
        if road is not BACK:
            await at.accept(cases[-1])
    actors = {"curator": at.curator, "official": at.official}
    async with between(at):
        for case, (who, _, edit) in zip(cases, roads, strict=True):
            async with at.region.work(actors[who]) as work:
                await edit(work, case)
    found = await changed(at)
    assert [one for one in found if not one.causes] == []
    told = {(one.number, one.field): [cause.actor for cause in one.causes] for one in found}
    async with at.region.database.reading() as session:
        rows = await session.execute(select(Appeal.id, Appeal.number).where(Appeal.id.in_(cases)))
        numbers = {row.id: row.number for row in rows}
    missed = [
        (number, field)
        for number, (who, field, _) in zip((numbers[one] for one in cases), roads, strict=True)
        if who not in told.get((number, field), ())
    ]
    assert missed == []
    assert {number for number, _ in told} == {*numbers.values()}


async def test_time_and_the_directory_are_causes_too(filled: Desk, tmp_path: Path) -> None:
    await fill(filled.region, "ministry", 1, 0, on=date(2026, 3, 28))
    await fill(filled.region, "bureau", 1, 0, on=date(2026, 2, 3))
    async with between(filled):
        table = tmp_path / "bodies.csv"
        table.write_text(f"{HEADER}bureau,Бюро,other,,,,\n", "utf-8")
        await do(filled, system(), lambda work: load_directory(work, table))
    told = {
        (one.body, one.field, one.before, one.after, one.causes[0].kind.value)
        for one in await changed(filled)
    }
    assert told == {
        ("ministry", "counted", "нет", "да", "time"),
        ("bureau", "counted", "да", "нет", "body"),
    }


async def test_what_nothing_was_written_of_stands_as_unexplained(filled: Desk) -> None:
    """An edit past the product, by whoever has the database, is seen and has no cause."""
    async with between(filled), filled.region.database.writing() as session:
        edited = update(Appeal).where(Appeal.number.in_(EDITED))
        await session.execute(edited.values(answered_at=noon(date(2026, 1, 17))))
    found = await changed(filled)
    assert {(one.number, one.field) for one in found} == {
        (number, field) for number in EDITED for field in ("answered_at", "days")
    }
    assert all(one.causes == () for one in found)
