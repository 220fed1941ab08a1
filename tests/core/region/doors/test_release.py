"""A restored copy beside a system that has written letters since: none goes twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from core.appeals.delivery.reports import confirm
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import sweep
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.service import pending_notices, write_notice
from core.kernel.access import system
from core.kernel.doors.model import Verdict
from core.kernel.doors.service import doors_open
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.region.backup.archive import save
from core.region.backup.contents import contents
from core.region.backup.restoration import restore
from core.region.doors.release import release, waiting
from tests.core.region.backup.places import SECRET, empty
from tests.core.worker.rows import queue
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock

LETTERS, SINCE = 30, 20
"""Written before the copy was made, and after."""


async def write(region: Region, first: int, many: int) -> None:
    async with region.work(system()) as work:
        for number in range(first, first + many):
            new = NewAppeal("letter", f"п-{number}", f"Яма {number}", received_at=work.now)
            taken = await take_in(work, new)
            appeal = await work.session.get_one(Appeal, taken.appeal_id)
            write_notice(work, appeal, NoticeKind.FORWARDED, f"Письмо {number}")


async def send(region: Region) -> list[str]:
    """What a channel sends: it takes a batch, sends it and says so, until there is none."""
    sent: list[str] = []
    for _ in range(100):
        async with region.work(system()) as work:
            notices = await pending_notices(work, "letter", 7)
            if not notices:
                break
            sent += [notice.text for notice in notices]
            await confirm(work, [notice.id for notice in notices])
    return sent


def letting(region: Region) -> Region:
    """The region with a job that lets something out."""
    job = replace(region.jobs["note"], name="let-out", leaves=True)
    return replace(region, jobs={**region.jobs, "let-out": job})


@pytest.fixture
async def restored(polygon: Region, clock: FrozenClock, tmp_path: Path) -> AsyncIterator[Region]:
    """A copy three hours old, while the system that it was made of has sent 50 letters since."""
    settings = polygon.settings.model_copy(update={"data_dir": tmp_path / "source"})
    source = letting(replace(polygon, settings=settings))
    async with source.work(system()) as work:
        await appoint(work, "coordinator", subject="coordinator")
    await write(source, 0, LETTERS)
    await queue(source, "let-out", "test:1")
    saved = await save([source], tmp_path / "copies", SECRET)
    clock.forward(hours=1)
    await write(source, LETTERS, SINCE)
    sent = await send(source)
    assert len(set(sent)) == len(sent) == LETTERS + SINCE
    clock.forward(hours=2)
    async with empty(source, tmp_path / "place") as place:
        await restore(contents(saved.path, SECRET), [place], SECRET)
        yield replace(place, keys=source.keys)


async def test_none_leaves_before_the_release_and_what_would_is_shown(restored: Region) -> None:
    assert await send(restored) == []
    assert await waiting(restored) == {
        "уведомления заявителям": {"о переадресации (letter)": LETTERS},
        "отправки из очереди заданий": {"let-out": 1},
    }
    assert await send(restored) == []


async def test_none_is_doubled_after_gone(restored: Region, clock: FrozenClock) -> None:
    clock.forward(seconds=1)
    await write(restored, 100, 3)  # by the restored system itself, behind closed doors
    await release(restored, Verdict.GONE)
    assert await waiting(restored) is None
    assert await send(restored) == [f"Письмо {number}" for number in (100, 101, 102)]
    async with restored.reading(system()) as work:
        assert await doors_open(work)
        held = select(QueuedJob.state).where(QueuedJob.name == "let-out")
        assert (await work.session.scalars(held)).all() == [JobState.DONE]
        query = select(JournalEntry.after).where(JournalEntry.name == "doors.released")
        assert [after["verdict"] for after in await work.session.scalars(query)] == ["gone"]
        sent_at = select(Notice.sent_at).where(Notice.id <= LETTERS).distinct()
        assert (await work.session.scalars(sent_at)).all() == [work.now]


async def test_warnings_that_went_are_not_raised_again(
    restored: Region, clock: FrozenClock
) -> None:
    copied_on = clock.moment.date()
    clock.forward(days=40)
    found = await waiting(restored)
    assert found is not None
    assert found["предупреждения о сроках"] == {
        "block (block-responsible)": LETTERS,
        "body-head (body-head)": LETTERS,
        "head (head)": LETTERS,
        "reminder (body-official)": LETTERS,
    }
    async with restored.reading(system()) as work:
        assert (await work.session.scalars(select(Escalation))).all() == []  # it was a look
    await release(restored, Verdict.GONE)
    async with restored.work(system()) as work:
        assert await sweep(work) == 0
        days = select(Escalation.digest_on).distinct()
        assert (await work.session.scalars(days)).all() == [copied_on]


async def test_everything_goes_after_send(restored: Region) -> None:
    await release(restored, Verdict.SEND)
    assert await send(restored) == [f"Письмо {number}" for number in range(LETTERS)]
    with pytest.raises(Refusal) as refused:
        await release(restored, Verdict.GONE)
    assert refused.value.text == "Двери региона «polygon» открыты"
