"""One step with many cases: who may is said first, each is done once, one refused stops nobody."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals import handover
from core.appeals.batches.jobs import run_batch
from core.appeals.batches.model import Batch, BatchRow, BatchState, RowState
from core.appeals.batches.service import (
    JOB,
    UNSTARTED,
    Refused,
    count,
    deeds_of,
    prepare,
    refused,
    start,
)
from core.appeals.batches.steps import KINDS, Deed, Given, Kind, Run, told
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.appeals.rules.signatures import SignatureKind
from core.directory.model import Body, Person
from core.directory.service import actor_in, actor_of
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.work import Work
from core.worker.runs import LEASE, run_job
from tests.core.worker.rows import journal
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.contents import contents

MANY, BARRED = 40, 5


@pytest.fixture
async def official(polygon: Region) -> Actor:
    async with polygon.work(system()) as work:
        ministry = (await work.session.scalars(select(Body.id).where(Body.key == "ministry"))).one()
        return await appoint(work, "body-official", body_id=ministry, subject="official")


async def wave(region: Region, many: int = MANY) -> list[int]:
    """So many letters about one thing, all with the ministry."""
    numbers = []
    async with region.work(system()) as work:
        for one in range(many):
            text = f"На улице Полевой у дома {one} яма."
            new = NewAppeal("letter", f"в-{one}", text, theme="roads", addressee="ministry")
            numbers.append((await take_in(work, new)).appeal_id)
    return numbers


async def accepted(region: Region, actor: Actor, numbers: list[int]) -> None:
    for number in numbers:
        async with region.work(actor) as work:
            await handover.accept(work, number)


async def prepared(region: Region, actor: Actor, deed: Deed, numbers: list[int]) -> int:
    async with region.work(actor) as work:
        chosen = select(Appeal).where(Appeal.id.in_(numbers))
        return (await prepare(work, deed, chosen)).id


async def started(region: Region, actor: Actor, batch: int, given: Given | None = None) -> Batch:
    async with region.work(actor) as work:
        return await start(work, batch, given or Given())


async def queued(region: Region) -> int:
    async with region.database.reading() as session:
        query = select(QueuedJob.id).where(QueuedJob.name == JOB, QueuedJob.state != JobState.DONE)
        return (await session.scalars(query)).one()


async def rows_of(region: Region, batch: int) -> dict[int, BatchRow]:
    async with region.database.reading() as session:
        rows = await session.scalars(select(BatchRow).where(BatchRow.batch_id == batch))
        return {row.appeal_id: row for row in rows}


def accepting(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Let the step be taken like this."""
    monkeypatch.setitem(KINDS, Deed.ACCEPT, Kind(KINDS[Deed.ACCEPT].step, run))


class Killed(BaseException):
    """The process is gone: nothing of it is caught, nothing after it is written."""


async def killed(region: Region, job: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the job until half of the cases have had the step; the last of them is not written."""
    done, accept = 0, KINDS[Deed.ACCEPT].run

    async def dying(work: Work, number: int, given: Given, version: int) -> Appeal:
        nonlocal done
        taken = await accept(work, number, given, version)
        done += 1
        if done == MANY // 2:
            raise Killed
        return taken

    with monkeypatch.context() as patched:
        accepting(patched, dying)
        with pytest.raises(Killed):
            await run_job(region, job)


async def states_of(region: Region, batch: int) -> Counter[str]:
    return Counter(row.state for row in (await rows_of(region, batch)).values())


async def test_each_is_done_once_though_killed_in_the_middle(
    polygon: Region, official: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = await wave(polygon)
    await accepted(polygon, official, numbers[:BARRED])
    batch = await prepared(polygon, official, Deed.ACCEPT, numbers)
    async with polygon.reading(official) as work:
        assert await count(work, batch, RowState.WAITING) == MANY - BARRED
        why = "Обращение в состоянии «в работе»: этот шаг сейчас невозможен"
        clause = KINDS[Deed.ACCEPT].step.rule(work).clause.ref
        assert await refused(work, batch) == [Refused(RefusalCode.WRONG_STATE, why, clause, BARRED)]
    assert await journal(polygon, "appeal.accepted") == [f"appeal:{n}" for n in numbers[:BARRED]]

    await started(polygon, official, batch)
    await started(polygon, official, batch)  # pressed twice
    await accepted(polygon, official, numbers[-1:])  # a colleague was faster
    job = await queued(polygon)
    await killed(polygon, job, monkeypatch)
    assert await states_of(polygon, batch) == {
        RowState.DONE: MANY // 2 - 1,
        RowState.WAITING: MANY - BARRED - (MANY // 2 - 1),
        RowState.REFUSED: BARRED,
    }
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert await run_job(polygon, job) is JobState.DONE
    rows = await rows_of(polygon, batch)
    told_done = {number for number, row in rows.items() if row.state == RowState.DONE}
    assert told_done == set(numbers[BARRED:-1])
    last = rows[numbers[-1]]
    assert (last.state, last.code) == (RowState.REFUSED, "STALE")
    said = Counter(await journal(polygon, "appeal.accepted"))
    assert said == Counter(f"appeal:{number}" for number in numbers), (
        "each once, as the report says"
    )
    for event in ("batch.started", "batch.finished"):
        assert await journal(polygon, event) == [f"batch:{batch}"]
    async with polygon.database.reading() as session:
        row = await session.get_one(Batch, batch)
        assert (row.state, row.given) == (BatchState.DONE, None)


async def test_one_that_fails_stops_no_other_and_is_tried_again(
    polygon: Region, official: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = await wave(polygon, 3)
    batch = await prepared(polygon, official, Deed.ACCEPT, numbers)
    await started(polygon, official, batch)
    accept = KINDS[Deed.ACCEPT].run

    async def failing(work: Any, number: int, given: Given, version: int) -> Appeal:
        if number == numbers[0]:
            raise Refusal(RefusalCode.UNAVAILABLE, "Хранилище недоступно")
        return await accept(work, number, given, version)

    accepting(monkeypatch, failing)
    job = await queued(polygon)
    assert await run_job(polygon, job) is JobState.WAITING
    monkeypatch.undo()
    states = [row.state for _, row in sorted((await rows_of(polygon, batch)).items())]
    assert states == [RowState.WAITING, RowState.DONE, RowState.DONE]
    clock.forward(minutes=1)
    assert await run_job(polygon, job) is JobState.DONE
    assert {row.state for row in (await rows_of(polygon, batch)).values()} == {RowState.DONE}


async def test_who_is_dismissed_meanwhile_does_nothing_more(
    polygon: Region, official: Actor
) -> None:
    numbers = await wave(polygon, 2)
    batch = await prepared(polygon, official, Deed.ACCEPT, numbers)
    await started(polygon, official, batch)
    async with polygon.work(system()) as work:
        person = await work.session.get_one(Person, official.person_id)
        person.dismissed = work.today
    assert await run_job(polygon, await queued(polygon)) is JobState.DONE
    assert {row.code for row in (await rows_of(polygon, batch)).values()} == {"FORBIDDEN"}
    assert await journal(polygon, "appeal.accepted") == []


async def test_a_run_that_takes_long_leaves_the_rest_to_the_next(
    polygon: Region, official: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await prepared(polygon, official, Deed.ACCEPT, await wave(polygon, 3))
    await started(polygon, official, batch)
    accept = KINDS[Deed.ACCEPT].run

    async def slow(*asked: Any) -> Appeal:
        clock.forward(minutes=2)
        return await accept(*asked)

    accepting(monkeypatch, slow)
    await run_batch(polygon, {"batch": batch})
    assert await states_of(polygon, batch) == {RowState.DONE: 2, RowState.WAITING: 1}
    await run_batch(polygon, {"batch": batch})
    assert await states_of(polygon, batch) == {RowState.DONE: 3}


@pytest.mark.parametrize(
    ("deed", "given", "code"),
    [
        (Deed.TRANSFER, Given(body="ministry"), RefusalCode.REASON_REQUIRED),
        (Deed.TRANSFER, Given(reason="не наше"), RefusalCode.INVALID),
        (Deed.TRANSFER, Given(body="нет", reason="не наше"), RefusalCode.UNKNOWN_BODY),
        (Deed.RETURN, Given(reason=" "), RefusalCode.REASON_REQUIRED),
        (Deed.ENTRUST, Given(), RefusalCode.INVALID),
        (Deed.SIGN, Given(), RefusalCode.WRONG_STATE),
    ],
)
async def test_what_a_step_asks_is_asked_before_it_begins(
    polygon: Region, official: Actor, deed: Deed, given: Given, code: RefusalCode
) -> None:
    numbers = await wave(polygon, 1)
    if deed is not Deed.SIGN:
        await accepted(polygon, official, numbers)
    batch = await prepared(polygon, official, deed, numbers)
    if deed is Deed.SIGN:
        given = Given(signature=SignatureKind.SIMPLE)
    before = await contents(polygon)
    with pytest.raises(Refusal) as told_why:
        await started(polygon, official, batch, given)
    assert told_why.value.code is code
    assert await contents(polygon) == before


async def test_a_batch_is_of_whoever_prepared_it_and_of_its_day(
    polygon: Region, official: Actor, clock: FrozenClock
) -> None:
    numbers = await wave(polygon, 1)
    batch = await prepared(polygon, official, Deed.ACCEPT, numbers)
    async with polygon.work(system()) as work:
        other = await appoint(work, "coordinator", subject="other")
    for actor, code in ((other, RefusalCode.NOT_FOUND), (official, RefusalCode.WRONG_STATE)):
        if actor is official:
            clock.forward(seconds=UNSTARTED.total_seconds())
        with pytest.raises(Refusal) as told_why:
            await started(polygon, actor, batch)
        assert told_why.value.code is code
    again = await prepared(polygon, official, Deed.ACCEPT, numbers)
    async with polygon.database.reading() as session:
        assert list(await session.scalars(select(Batch.id))) == [again], "the old one is forgotten"


async def test_what_may_not_be_prepared(polygon: Region, official: Actor) -> None:
    numbers = await wave(polygon, 1)
    for deed, chosen, code in (
        (Deed.ROUTE, numbers, RefusalCode.FORBIDDEN),
        (Deed.ACCEPT, [], RefusalCode.NOT_FOUND),
    ):
        with pytest.raises(Refusal) as told_why:
            await prepared(polygon, official, deed, chosen)
        assert told_why.value.code is code
    async with polygon.reading(official) as work:
        assert Deed.ACCEPT in deeds_of(work)
        assert Deed.ROUTE not in deeds_of(work)


async def test_no_more_than_so_many_at_once(
    polygon: Region, official: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.appeals.batches.service.MOST", 1)
    with pytest.raises(Refusal) as told_why:
        await prepared(polygon, official, Deed.ACCEPT, await wave(polygon, 2))
    assert told_why.value.code is RefusalCode.TOO_MUCH


def test_what_is_said_is_kept_as_it_was_said() -> None:
    given = Given("ministry", 7, "причина", True, SignatureKind.QUALIFIED)
    assert told(given.kept()) == given


async def test_a_unit_of_work_knows_the_same_actor(polygon: Region, official: Actor) -> None:
    async with polygon.reading(system()) as work:
        found = await actor_in(work, "official")
        assert found == await actor_of(polygon.database, "official", work.today, polygon.rules)
        assert await actor_in(work, "nobody") == Actor("nobody")
