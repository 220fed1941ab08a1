"""A request's life: answered with materials, late, refused with its norm, only advised."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from core.attachments.incoming import Incoming
from core.attachments.store import Limits
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.requests.answering import (
    answer_request,
    refuse_request,
    watch_requests,
    withdraw_request,
)
from core.requests.asking import NewRequest, request_materials
from core.requests.materials import attach, materials_of
from core.requests.model import MaterialRequest
from core.requests.rules import Side
from tests.conftest import OpenRegion
from tests.core.documents.people import People, open_people
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock

CITY, HEALTH = "kursk-city-administration", "committee-health"


async def kursk_people(open_test_region: OpenRegion) -> tuple[People, Actor]:
    """The centre of Kursk and an official of the health committee."""
    people = await open_people(await open_test_region("kursk"))
    async with people.region.work(system()) as work:
        body = (await work.session.scalars(select(Body).where(Body.key == HEALTH))).one()
        official = await appoint(work, "body-official", body_id=body.id, subject="лекарь")
    return people, official


async def asked(people: People, body: str, side: Side, days: int | None = 10) -> int:
    new = NewRequest(Side.CENTRE, side, "Сведения о приёме граждан", body, days)
    async with people.region.work(people.actors["executor"]) as work:
        return (await request_materials(work, new)).id


async def row_of(region: Region, number: int) -> MaterialRequest:
    async with region.reading(system()) as work:
        return await work.session.get_one(MaterialRequest, number)


async def sweep(region: Region) -> int:
    async with region.work(system()) as work:
        return await watch_requests(work)


@pytest.mark.clause("kursk.958/pol.4.8.3")
async def test_answered_with_materials_and_late_is_recorded_as_late(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    people, official = await kursk_people(open_test_region)
    region = people.region
    number = await asked(people, HEALTH, Side.STATE_BODIES)
    row = await row_of(region, number)
    assert row.due_at == datetime(2026, 3, 12, 20, 59, 59, tzinfo=UTC)
    assert await sweep(region) == 1
    assert await sweep(region) == 0
    clock.moment = datetime(2026, 3, 12, 21, 0, 0, tzinfo=UTC)
    await sweep(region)
    assert (await row_of(region, number)).breached_at == row.due_at
    limits = Limits.of(region.own)
    incoming = Incoming(region.files, "сведения.txt", limits.file_bytes)
    incoming.add("Принято 12 граждан".encode())
    arrived = incoming.finish()
    async with region.work(official) as work:
        await attach(work, number, arrived, limits)
        done = await answer_request(work, number, "Представлено в приложении")
        assert [one.name for one in await materials_of(work, done)] == ["сведения.txt"]
    assert (done.state, done.breached_at, done.replied_by) == ("answered", row.due_at, "лекарь")
    assert Path(str(arrived.file)).name == arrived.file
    async with region.reading(system()) as work:
        names = select(JournalEntry.name).where(JournalEntry.name.like("request.%"))
        assert list(await work.session.scalars(names.order_by(JournalEntry.id))) == [
            "request.asked", "request.reminded", "request.reminded", "request.breached",
            "request.answered",
        ]  # fmt: skip
    with pytest.raises(Refusal) as again:
        async with region.work(official) as work:
            await answer_request(work, number, "Ещё раз")
    assert again.value.code == "WRONG_STATE"


@pytest.mark.clause("kursk.958/pol.4.8.3", "kursk.958/post.8.1")
async def test_advice_to_a_municipal_body_is_never_a_breach(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    """R42: what is missing is shown as missing; neither a reminder nor a breach."""
    people, _ = await kursk_people(open_test_region)
    number = await asked(people, CITY, Side.MUNICIPAL_BODIES)
    clock.at(2026, 5, 1)
    assert await sweep(people.region) == 0
    row = await row_of(people.region, number)
    assert (row.state, row.advised, row.breached_at) == ("asked", True, None)
    async with people.region.work(people.actors["executor"]) as work:
        late = await answer_request(work, number, "Представлено письмом")
    assert late.breached_at is None


@pytest.mark.clause("kursk.958/pol.4.8.1")
async def test_without_a_parameter_there_is_no_term(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    people, _ = await kursk_people(open_test_region)
    new = NewRequest(Side.CENTRE, Side.MINISTRY, "Методика")
    async with people.region.work(people.actors["executor"]) as work:
        number = (await request_materials(work, new)).id
    clock.at(2027, 1, 1)
    assert await sweep(people.region) == 0
    async with people.region.work(people.actors["executor"]) as work:
        await withdraw_request(work, number, "Больше не нужно")
    assert (await row_of(people.region, number)).state == "withdrawn"


@pytest.mark.parametrize(
    ("reason", "norm", "code"),
    [("", "ст. 5 Закона о тайне", "REASON_REQUIRED"), ("тайна", " ", "NORM_REQUIRED")],
)
async def test_a_refusal_has_its_reason_and_its_norm(
    open_test_region: OpenRegion, reason: str, norm: str, code: str
) -> None:
    people, official = await kursk_people(open_test_region)
    number = await asked(people, HEALTH, Side.STATE_BODIES)
    with pytest.raises(Refusal) as found:
        async with people.region.work(official) as work:
            await refuse_request(work, number, reason, norm)
    assert (found.value.code, (await row_of(people.region, number)).state) == (code, "asked")
    async with people.region.work(official) as work:
        done = await refuse_request(work, number, "Врачебная тайна", "ст. 13 323-ФЗ")
    assert (done.state, done.reply, done.norm) == ("refused", "Врачебная тайна", "ст. 13 323-ФЗ")


async def test_another_body_neither_sees_nor_answers_it(open_test_region: OpenRegion) -> None:
    people, official = await kursk_people(open_test_region)
    other = await asked(people, "committee-education", Side.STATE_BODIES)
    for actor, code in ((official, "NOT_FOUND"), (people.actors["curator"], "FORBIDDEN")):
        with pytest.raises(Refusal) as found:
            async with people.region.work(actor) as work:
                await answer_request(work, other, "Чужое")
        assert found.value.code == code
    assert (await row_of(people.region, other)).state == "asked"
