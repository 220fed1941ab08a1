"""Preparing a batch and starting it: nothing is done with a case before its own turn comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select

from core.appeals.batches.model import Batch, BatchRow, BatchState, RowState
from core.appeals.batches.steps import KINDS, Deed, Given, Kind, check_said
from core.appeals.choices import Choice
from core.appeals.ledger import read_ledgers
from core.appeals.model import Appeal, LedgerEntry
from core.directory.bodies import find_body, load_bodies
from core.kernel.access import Actor, require
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work

JOB = "appeals.batch"
MOST = 2_000
"""Cases of one batch: above it a list is narrowed."""

MOST_ASKED = 25
"""So many of the cases that wait are asked what may be said with them."""

UNSTARTED = timedelta(hours=12)
"""How long a prepared batch may still be started: its cases are as they were then."""


@dataclass(frozen=True, slots=True)
class Refused:
    """How many cases of a batch were refused alike: code, words, reference of the clause."""

    code: RefusalCode
    text: str
    clause: str | None
    count: int


def own(actor: Actor) -> ColumnElement[bool]:
    """The batches that the actor may see: whoever has prepared one."""
    return Batch.actor == actor.subject


def deeds_of(work: Work) -> list[Deed]:
    """The deeds for which the actor has the permission somewhere, in their order."""
    return [deed for deed, kind in KINDS.items() if work.actor.may(kind.step.rule(work).permission)]


async def prepare(
    work: Work, deed: Deed, chosen: Select[Appeal], named: int | None = None
) -> Batch:
    """Judge the chosen cases, which the actor may see: which may take the step, why others not.

    `named` is how many were asked for by name. Needs the permission of the step.
    Refuses NOT_FOUND for none at all and TOO_MUCH above MOST.
    """
    kind = KINDS[deed]
    rule = kind.step.rule(work)
    require(work.actor, rule.permission, rule.clause)
    rows = await work.session.scalars(chosen.order_by(None).order_by(Appeal.id).limit(MOST + 1))
    appeals = rows.all()
    if not appeals:
        raise Refusal(RefusalCode.NOT_FOUND, "Таких обращений нет или они не в Вашем ведении")
    if len(appeals) > MOST:
        text = f"За один раз делают не больше {MOST} обращений: сузьте отбор"
        raise Refusal(RefusalCode.TOO_MUCH, text)
    await _forget(work)
    batch = Batch(
        actor=work.actor.subject,
        step=deed,
        state=BatchState.PREPARED,
        missing=0 if named is None else named - len(appeals),
        given=None,
        prepared_at=work.now,
    )
    work.session.add(batch)
    await work.session.flush()
    ledgers = await read_ledgers(work, [appeal.id for appeal in appeals])
    for appeal in appeals:
        work.session.add(await _judged(work, batch, kind, appeal, ledgers[appeal.id]))
    return batch


async def start(work: Work, batch_id: int, given: Given) -> Batch:
    """Begin: the same for every case that waits. Started twice it is started once.

    Refuses NOT_FOUND for whoever has not prepared it, what the step asks and is not said,
    WRONG_STATE where nothing may be done or it was prepared too long ago.
    """
    query = select(Batch).where(Batch.id == batch_id, own(work.actor)).with_for_update()
    batch = await work.session.scalar(query.execution_options(populate_existing=True))
    if batch is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого списка нет")
    if batch.state != BatchState.PREPARED:
        return batch
    kind = KINDS[Deed(batch.step)]
    said = check_said(kind, given)
    if said.body is not None:
        find_body(await load_bodies(work.session), said.body)
    if batch.prepared_at <= work.now - UNSTARTED:
        text = "Список подготовлен давно: откройте обращения и отметьте их снова"
        raise Refusal(RefusalCode.WRONG_STATE, text)
    rows = await count(work, batch_id, RowState.WAITING)
    if not rows:
        text = "Ни с одним из этих обращений шаг сейчас невозможен"
        raise Refusal(RefusalCode.WRONG_STATE, text)
    batch.state, batch.given, batch.started_at = BatchState.RUNNING, said.kept(), work.now
    after = {"step": batch.step, "rows": rows}
    await work.record(Event("batch.started", f"batch:{batch.id}", said.reason, after=after))
    work.later(JOB, {"batch": batch.id})
    return batch


async def count(work: Work, batch_id: int, state: RowState) -> int:
    """How many cases of a batch are in this state."""
    mine = BatchRow.batch_id == batch_id, BatchRow.state == state
    found = await work.session.scalar(select(func.count(BatchRow.id)).where(*mine))
    return found or 0


async def refused(work: Work, batch_id: int) -> Sequence[Refused]:
    """Why cases of a batch were refused, the most frequent first."""
    alike = BatchRow.code, BatchRow.text, BatchRow.clause
    times = func.count(BatchRow.id)
    query = (
        select(*alike, times)
        .where(BatchRow.batch_id == batch_id, BatchRow.state == RowState.REFUSED)
        .group_by(*alike)
        .order_by(times.desc(), BatchRow.text)
    )
    rows = (await work.session.execute(query)).all()
    return [
        Refused(RefusalCode(str(code)), str(text), clause, many)
        for code, text, clause, many in rows
    ]


async def choices_of(work: Work, batch: Batch) -> dict[str, list[Choice]]:
    """What may be said in the fields of a step that is not begun: whatever it does not refuse
    with at least one of the first MOST_ASKED cases that wait."""
    step = KINDS[Deed(batch.step)].step
    if not step.choices or batch.state != BatchState.PREPARED:
        return {}
    waiting = select(BatchRow.appeal_id).where(
        BatchRow.batch_id == batch.id, BatchRow.state == RowState.WAITING
    )
    first = (await work.session.scalars(waiting.order_by(BatchRow.id).limit(MOST_ASKED))).all()
    query = select(Appeal).where(Appeal.id.in_(first)).order_by(Appeal.id)
    appeals = (await work.session.scalars(query)).all()
    ledgers = await read_ledgers(work, first)
    found: dict[str, dict[Any, Choice]] = {name: {} for name in step.choices}
    for appeal in appeals:
        if await step.refusal(work, appeal, ledgers[appeal.id]) is None:
            chosen = await step.chosen_from(work, appeal, ledgers[appeal.id])
            for name, said in chosen.items():
                found[name].update({one.value: one for one in said})
    return {name: [*said.values()] for name, said in found.items()}


def refuse(row: BatchRow, refusal: Refusal) -> None:
    """Write down that the step was refused, and why."""
    row.state, row.code, row.text = RowState.REFUSED, refusal.code, refusal.text
    row.clause = refusal.clause.ref if refusal.clause else None


async def _judged(
    work: Work, batch: Batch, kind: Kind, appeal: Appeal, rows: Sequence[LedgerEntry]
) -> BatchRow:
    row = BatchRow(
        batch_id=batch.id, appeal_id=appeal.id, version=appeal.version, state=RowState.WAITING
    )
    refusal = await kind.step.refusal(work, appeal, rows)
    if refusal is not None:
        refuse(row, refusal)
        row.ended_at = work.now
    return row


async def _forget(work: Work) -> None:
    """Forget what was prepared and never started, whoever did it."""
    old = Batch.state == BatchState.PREPARED, Batch.prepared_at <= work.now - UNSTARTED
    numbers = select(Batch.id).where(*old)
    await work.session.execute(delete(BatchRow).where(BatchRow.batch_id.in_(numbers)))
    await work.session.execute(delete(Batch).where(*old))
