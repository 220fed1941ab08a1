"""Taking the step with each case: the step and its result in one transaction, so it is done once.

Whoever is dismissed meanwhile does nothing more: his rights are asked before every case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from core.appeals.batches.model import Batch, BatchRow, BatchState, RowState
from core.appeals.batches.service import JOB, count, refuse
from core.appeals.batches.steps import KINDS, Deed, Given, Kind, told
from core.directory.service import actor_in
from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.extensions import Payload, Units

TIME_LIMIT = timedelta(minutes=3)
"""One run of the job; what is left then gets another."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a batch does, and in whose name."""

    number: int
    actor: str
    kind: Kind
    given: Given


async def run_batch(units: Units, payload: Payload) -> None:
    """Job: take the step with every case that waits. A case that fails stops no other.

    What was cut off goes on from the first case that has no result. An outage (UNAVAILABLE) and
    what nobody expects leave the case waiting, and the job fails after the last.
    """
    number, until = int(str(payload["batch"])), units.now() + TIME_LIMIT
    task = await _task(units, number)
    if task is None:
        return
    failed: Exception | None = None
    row = await _next(units, number, 0)
    while row is not None and units.now() < until:
        try:
            await _take(units, task, row)
        except Exception as error:  # noqa: BLE001 - it is raised once the others had their turn
            failed = failed or error
        row = await _next(units, number, row)
    if failed is not None:
        raise failed
    await _end(units, number)


async def _task(units: Units, number: int) -> Task | None:
    """What is to be done; None where nothing is."""
    async with units.reading(system()) as work:
        batch = await work.session.get(Batch, number)
        if batch is None or batch.state != BatchState.RUNNING:
            return None
        return Task(number, batch.actor, KINDS[Deed(batch.step)], told(batch.given))


async def _next(units: Units, number: int, after: int) -> int | None:
    """The next case that waits, behind this one."""
    query = select(BatchRow.id).where(
        BatchRow.batch_id == number, BatchRow.state == RowState.WAITING, BatchRow.id > after
    )
    async with units.reading(system()) as work:
        found: int | None = await work.session.scalar(query.order_by(BatchRow.id).limit(1))
        return found


async def _take(units: Units, task: Task, number: int) -> None:
    try:
        await _do(units, task, number)
    except StaleDataError:
        text = "Пока шёл список, обращение изменил другой сотрудник"
        await _refuse(units, number, Refusal(RefusalCode.STALE, text))
    except Refusal as refusal:
        if refusal.code is RefusalCode.UNAVAILABLE:
            raise
        await _refuse(units, number, refusal)


async def _do(units: Units, task: Task, number: int) -> None:
    """Take the step by the rights of this moment, and write down in the same stroke that it is."""
    async with units.reading(ANONYMOUS) as asking:
        actor = await actor_in(asking, task.actor)
    async with units.work(actor) as work:
        row = await work.session.get(BatchRow, number, with_for_update=True)
        if row is None or row.state != RowState.WAITING:
            return
        await task.kind.run(work, row.appeal_id, task.given, row.version)
        row.state, row.ended_at = RowState.DONE, work.now


async def _refuse(units: Units, number: int, refusal: Refusal) -> None:
    async with units.work(system()) as work:
        row = await work.session.get(BatchRow, number, with_for_update=True)
        if row is not None and row.state == RowState.WAITING:
            refuse(row, refusal)
            row.ended_at = work.now


async def _end(units: Units, number: int) -> None:
    """Tell that it is over, or queue another run for what is left."""
    async with units.work(system()) as work:
        batch = await work.session.get(Batch, number, with_for_update=True)
        if batch is None or batch.state != BatchState.RUNNING:
            return
        if await count(work, number, RowState.WAITING):
            work.later(JOB, {"batch": number})
            return
        batch.state, batch.given, batch.finished_at = BatchState.DONE, None, work.now
        said = {
            one.value: await count(work, number, one) for one in (RowState.DONE, RowState.REFUSED)
        }
        await work.record(Event("batch.finished", f"batch:{number}", after=said))
