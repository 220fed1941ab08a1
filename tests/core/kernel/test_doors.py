"""A restored database lets nothing out until it is released; a moved one has no closed doors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.appeals.delivery.reports import confirm
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.service import pending_notices, write_notice
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Arrival, Way
from core.kernel.doors.service import doors_open
from core.kernel.errors import Refusal
from core.kernel.queue import JobState
from core.kernel.region import Region
from core.region.revisions import require_current
from core.worker.runner import Attendant, run_here
from core.worker.runs import run_job
from tests.core.worker.rows import journal, queue, states


async def arrive(region: Region, way: Way, **more: object) -> int:
    async with region.work(system()) as work:
        row = Arrival(
            way=way, source="копия", made_at=work.now - timedelta(hours=3), began_at=work.now,
            **{"completed_at": work.now, **more},
        )  # fmt: skip
        work.session.add(row)
        await work.session.flush()
        return row.id


async def release(region: Region, number: int) -> None:
    async with region.work(system()) as work:
        (await work.session.get_one(Arrival, number)).released_at = work.now


@pytest.mark.parametrize(
    ("way", "released", "open_"),
    [(Way.RESTORED, False, False), (Way.RESTORED, True, True), (Way.MOVED, True, True)],
)
async def test_the_doors_of_what_came(
    polygon: Region, way: Way, released: bool, open_: bool
) -> None:
    number = await arrive(polygon, way)
    if released:
        await release(polygon, number)
    async with polygon.reading(system()) as work:
        assert await doors_open(work) is open_


async def test_what_is_not_whole_is_not_served(polygon: Region) -> None:
    await require_current(polygon)
    await arrive(polygon, Way.MOVED, completed_at=None)
    with pytest.raises(Refusal) as refused:
        await require_current(polygon)
    assert refused.value.text == (
        "База региона «polygon» перенесена или переносится в копия: повторите tsur move или "
        "задайте TSUR_POLYGON_DATABASE_URL; отказаться: tsur move --cancel polygon"
        if polygon.database.is_sqlite
        else "В базу региона «polygon» перенесено не всё: повторите tsur move, он продолжит"
    )


async def test_no_notice_is_taken_or_confirmed_before_the_release(polygon: Region) -> None:
    async with polygon.work(system()) as work:
        taken = await take_in(work, NewAppeal("letter", "п-1", "На улице Полевой яма."))
        appeal = await work.session.get_one(Appeal, taken.appeal_id)
        write_notice(work, appeal, NoticeKind.FORWARDED, "Письмо")
    number = await arrive(polygon, Way.RESTORED)
    async with polygon.work(system()) as work:
        assert await pending_notices(work, "letter") == []
    with pytest.raises(Refusal) as refused:
        async with polygon.work(system()) as work:
            await confirm(work, [1])
    assert refused.value.code is RefusalCode.WRONG_STATE
    async with polygon.reading(system()) as work:
        assert (await work.session.scalars(select(Notice.sent_at))).all() == [None]
    await release(polygon, number)
    async with polygon.work(system()) as work:
        assert [notice.text for notice in await pending_notices(work, "letter")] == ["Письмо"]
        assert [notice.sent_at for notice in await confirm(work, [1])] == [work.now]


async def test_a_job_that_lets_something_out_waits_and_others_do_not(polygon: Region) -> None:
    letting = replace(polygon.jobs["note"], name="let-out", leaves=True)
    region = replace(polygon, jobs={**polygon.jobs, "let-out": letting})
    number = await arrive(region, Way.RESTORED)
    held = await queue(region, "let-out", "test:held")
    await queue(region, "note", "test:free")
    attendant = Attendant(region, run_here)
    await attendant.go_round()
    assert await run_job(region, held) is None  # a broker's hint does not help it either
    waiting = {name for name, state in await states(region) if state == JobState.WAITING}
    assert waiting == {
        "let-out", "documents.stamps", "escalation.sweep", "journal.stamp", "journal.witness",
        "mail.send", "obligations.sweep", "requests.sweep", "structure.replacements",
        "webhooks.deliver",
    }  # fmt: skip
    assert await journal(region, "noted") == ["test:free"]
    await release(region, number)
    await attendant.go_round()
    assert {state for _, state in await states(region)} == {JobState.DONE}
    assert await journal(region, "noted") == ["test:free", "test:held"]
