"""Tables of figures as files: by whose rights they are made, who opens them, until when."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from core.appeals.figures.subject import Dimension
from core.appeals.observations.published import LISTED
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.timing import Each
from core.appeals.queries import AppealFilter
from core.appeals.tabulations import jobs, making
from core.appeals.tabulations.asked import (
    Asked,
    TabulationKind,
)
from core.appeals.tabulations.model import Tabulation, TabulationState
from core.appeals.tabulations.service import JOB, KEPT, MOST_WAITING, open_attachment, order
from core.attachments.model import Attachment, AttachmentFile
from core.attachments.opening import Opened
from core.attachments.store import DESTROY
from core.directory.model import Appointment
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.queue import QueuedJob
from core.kernel.region import Region
from core.law.periods import Period
from core.shapes.figures.marks import CellMark
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.jobs import worked_off

pytestmark = pytest.mark.bare_rows
FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
JANUARY, DAY = date(2026, 1, 20), date(2026, 2, 10)
BY_PLACE = Asked(
    Statistic.COUNT,
    (Dimension.MUNICIPALITY,),
    FEBRUARY,
    TabulationKind.CSV,
    None,
    AppealFilter(),
)
OPEN = replace(BY_PLACE, criteria=None)
KURSKIY, BELOVSKIY = "Курский муниципальный район", "Беловский муниципальный район"
VALUE = CellMark.VALUE.label


@pytest.fixture
async def kursk(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    """Twelve cases of February in one place, three in another; one in January in both."""
    clock.at(2026, 3, 11)
    region = await open_test_region("kursk")
    cases = Cases(region)
    await cases.spread({JANUARY: 1, DAY: 12}, municipality="kurskiy")
    await cases.spread({JANUARY: 1, DAY: 3}, municipality="belovskiy")
    return region


async def curator(region: Region, *places: str, subject: str = "curator") -> Actor:
    async with region.work(system()) as work:
        return await appoint(work, "curator", municipalities=places, subject=subject)


async def ordered(region: Region, actor: Actor, asked: Asked = BY_PLACE) -> int:
    async with region.work(actor) as work:
        return (await order(work, asked)).id


async def stands(region: Region, number: int) -> Tabulation:
    async with region.database.reading() as session:
        return await session.get_one(Tabulation, number)


async def opened(region: Region, actor: Actor) -> Opened:
    async with region.database.reading() as session:
        number = (
            await session.scalars(select(Attachment.id).order_by(Attachment.id.desc()))
        ).first()
    async with region.work(actor) as work:
        return await open_attachment(work, number or 0)


async def table(region: Region, actor: Actor) -> list[list[str]]:
    content = b"".join((await opened(region, actor)).read(region.files))
    return [*csv.reader(io.StringIO(content.decode()))]


async def counted(region: Region, *rows: Any) -> list[int]:
    async with region.database.reading() as session:
        return [await session.scalar(select(func.count(one.id))) or 0 for one in rows]


async def said(region: Region) -> Sequence[str]:
    async with region.database.reading() as session:
        query = select(JournalEntry.name).where(JournalEntry.name.like("tabulation.%"))
        return (await session.scalars(query.order_by(JournalEntry.id))).all()


async def refusal(region: Region, actor: Actor, asked: Asked) -> Refusal:
    """What an order is refused by; nothing is written then."""
    before = await counted(region, Tabulation, QueuedJob, JournalEntry)
    with pytest.raises(Refusal) as refused:
        await ordered(region, actor, asked)
    assert await counted(region, Tabulation, QueuedJob, JournalEntry) == before
    return refused.value


async def test_an_order_is_made_kept_sealed_and_forgotten(
    kursk: Region, clock: FrozenClock
) -> None:
    actor = await curator(kursk)
    number = await ordered(kursk, actor)
    assert await ordered(kursk, actor) == number
    row = await stands(kursk, number)
    assert (row.state, row.total) == (TabulationState.WAITING, 0)
    assert await counted(kursk, Tabulation, Attachment) == [1, 0]

    await worked_off(kursk, JOB)
    row = await stands(kursk, number)
    assert (row.state, row.done, row.total) == (TabulationState.READY, 3, 3)
    assert row.expires_at == clock() + KEPT
    told = await table(kursk, actor)
    assert [one[:4] for one in told[1:]] == [
        [KURSKIY, "12", "12", VALUE],
        [BELOVSKIY, "3", "3", VALUE],
        ["Все вместе", "15", "15", VALUE],
    ]
    sealed = b"".join(kursk.files.read((await opened(kursk, actor)).file))
    assert KURSKIY.encode() not in sealed
    assert await ordered(kursk, actor) == number, "while the file stands it is the same order"
    assert await said(kursk) == ["tabulation.ordered", "tabulation.made"]

    clock.forward(days=1)
    with pytest.raises(Refusal) as over:
        await opened(kursk, actor)
    assert over.value.code is RefusalCode.NOT_FOUND
    again = await ordered(kursk, actor)
    assert again != number, "on the next day it is reckoned anew"
    row = await stands(kursk, number)
    assert (row.state, row.sealed, row.fingerprint) == (TabulationState.GONE, None, None)
    assert await counted(kursk, AttachmentFile) == [0]


async def test_what_is_over_is_forgotten_by_itself(kursk: Region, clock: FrozenClock) -> None:
    number = await ordered(kursk, await curator(kursk))
    await worked_off(kursk, JOB)
    clock.forward(days=1)
    await jobs.run_forget(kursk, {})
    await worked_off(kursk, DESTROY)
    assert (await stands(kursk, number)).state == TabulationState.GONE
    assert [*kursk.files.names()] == []
    assert (await said(kursk))[-1] == "tabulation.erased"


async def test_another_opens_nothing(kursk: Region) -> None:
    owner, other = await curator(kursk), await curator(kursk, subject="other")
    await ordered(kursk, owner)
    await worked_off(kursk, JOB)
    before = await counted(kursk, JournalEntry)
    for stranger in (other, ANONYMOUS):
        with pytest.raises(Refusal) as refused:
            await opened(kursk, stranger)
        assert refused.value.code is RefusalCode.NOT_FOUND
    with pytest.raises(Refusal) as lost:
        await opened(kursk, Actor(owner.subject))
    assert lost.value.code is RefusalCode.FORBIDDEN
    assert await counted(kursk, JournalEntry) == before
    assert await ordered(kursk, other) != await ordered(kursk, owner)


async def test_rights_of_then_and_of_now(kursk: Region) -> None:
    """What is given between the order and its making adds nothing, what is taken is gone."""
    actor = await curator(kursk, "kurskiy", "belovskiy")
    await ordered(kursk, actor)
    everywhere = update(Appointment).values(municipalities=["belovskiy", "lgovskiy"])
    async with kursk.database.writing() as session:
        await session.execute(everywhere)
    await worked_off(kursk, JOB)
    told = await table(kursk, actor)
    assert [one[:2] for one in told[1:]] == [[BELOVSKIY, "3"], ["Все вместе", "3"]]


async def test_who_lost_his_rights_is_refused_and_nothing_is_kept(kursk: Region) -> None:
    number = await ordered(kursk, await curator(kursk))
    async with kursk.database.writing() as session:
        await session.execute(delete(Appointment))
    await worked_off(kursk, JOB)
    row = await stands(kursk, number)
    assert (row.state, row.code) == (TabulationState.REFUSED, RefusalCode.FORBIDDEN)
    assert row.text == "Ваши назначения этого не разрешают"
    assert await counted(kursk, Attachment) == [0]
    assert [*kursk.files.names()] == []
    assert await said(kursk) == ["tabulation.ordered", "tabulation.refused"]


async def test_what_is_run_again_is_made_once(
    kursk: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off before its end is said it leaves nothing, and the next run makes the file."""
    number = await ordered(kursk, await curator(kursk))

    async def cut_off(*_said: object) -> bool:
        raise OSError("cut off")

    with monkeypatch.context() as cut:
        cut.setattr(jobs, "_made", cut_off)
        with pytest.raises(OSError, match="cut off"):
            await jobs.run_tabulation(kursk, {"tabulation": number})
    assert (await stands(kursk, number)).state == TabulationState.RUNNING
    assert [*kursk.files.names()] == []
    for _ in range(2):
        await jobs.run_tabulation(kursk, {"tabulation": number})
    assert await counted(kursk, Attachment) == [1]
    assert len([*kursk.files.names()]) == 1


async def test_beyond_the_bound_of_a_file(kursk: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_GROUPS", 1)
    number = await ordered(kursk, await curator(kursk))
    await worked_off(kursk, JOB)
    row = await stands(kursk, number)
    assert (row.code, row.text) == (RefusalCode.TOO_MUCH, "Групп больше 1: сузьте отбор")
    assert await counted(kursk, Attachment) == [0]


async def test_by_times_of_receipt(kursk: Region) -> None:
    actor = await curator(kursk)
    await ordered(kursk, actor, replace(BY_PLACE, each=Each.WEEK, kind=TabulationKind.CSV))
    await worked_off(kursk, JOB)
    told = await table(kursk, actor)
    assert told[0] == [
        "муниципальное образование", "неделя", "сколько обращений", "обращений", "как читать",
    ]  # fmt: skip
    assert told[1:] == [
        [KURSKIY, "2026-W07", "12", "12", VALUE],
        [BELOVSKIY, "2026-W07", "3", "3", VALUE],
    ]


async def test_readers_without_cases_get_what_is_released(kursk: Region) -> None:
    async with kursk.work(system()) as work:
        reader = await appoint(work, "administrator", subject="reader")
    await ordered(kursk, reader, OPEN)
    await worked_off(kursk, JOB)
    told = await table(kursk, reader)
    assert told[0] == ["муниципальное образование", "сколько обращений", "обращений", "как читать"]
    assert [KURSKIY, "10", "10", VALUE] in told
    assert [BELOVSKIY, "", "", CellMark.HIDDEN.label] in told


async def test_refusals(kursk: Region) -> None:
    actor = await curator(kursk)
    async with kursk.work(system()) as work:
        reader = await appoint(work, "administrator", subject="reader")
    four = (Dimension.THEME, Dimension.BODY, Dimension.STATE, Dimension.CHANNEL)
    years = Period(date(2020, 1, 1), date(2026, 1, 1))
    received = AppealFilter(received_from=kursk.now())
    for who, asked, code, text in (
        (ANONYMOUS, OPEN, RefusalCode.UNAUTHENTICATED, "Нужно войти в систему"),
        (reader, BY_PLACE, RefusalCode.FORBIDDEN, "Ваши назначения этого не разрешают"),
        (reader, replace(OPEN, each=Each.DAY), RefusalCode.INVALID, LISTED),
        (reader, replace(OPEN, by=(Dimension.BODY,)), RefusalCode.INVALID, LISTED),
        (actor, replace(BY_PLACE, by=four), RefusalCode.INVALID, "Разрез бывает"),
        (actor, replace(BY_PLACE, criteria=received), RefusalCode.INVALID, "Период разреза"),
        (actor, replace(BY_PLACE, each=Each.DAY, period=years), RefusalCode.INVALID, "Период дел"),
        (actor, replace(BY_PLACE, each=Each.HOUR, period=years), RefusalCode.INVALID, "По часам"),
    ):
        found = await refusal(kursk, who, asked)
        assert found.code is code
        assert found.text.startswith(text)
    for measure in [*Statistic][:MOST_WAITING]:
        await ordered(kursk, actor, replace(BY_PLACE, measure=measure))
    full = await refusal(kursk, actor, replace(BY_PLACE, kind=TabulationKind.XLSX))
    assert full.code is RefusalCode.TOO_MUCH
    assert await ordered(kursk, actor), "one that is known is found all the same"
