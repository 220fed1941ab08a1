"""The sweep: what is near or past due walks the region's ladder, a batch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select

from core.appeals.case import open_cases
from core.appeals.escalation.holders import Holders, load_holders
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.reached import reached_by, terms_of
from core.appeals.model import IS_ASSIGNED, Appeal
from core.appeals.rules.handling import TransferRule
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.rules.terms import EscalationStep
from core.appeals.satisfaction.terms import date_disputes
from core.appeals.terms.breaches import note_broken_terms
from core.db.keyset import positioned
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission
from core.kernel.events import Event
from core.kernel.incidents.service import raise_incident
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.deadlines.rules.counting import is_eve, may_tell
from core.shapes.deadlines.rules.units import brief
from core.shapes.deadlines.watch import Watched

BATCH = 500
ROUNDS = 200
ACCEPTANCE = Watched(Appeal, IS_ASSIGNED, began=Appeal.held_since)
"""What a body has been given and has neither accepted nor returned."""


async def sweep(work: Work) -> int:
    """Raise every rung that is due and was not raised yet; how many terms were raised.

    Idempotent: the same moment raises nothing twice. Breaches stay dated to the deadline.
    """
    ladder = work.rules.all(EscalationStep, work.today)
    steps = [
        step
        for step in sorted(ladder, key=lambda step: (step.order, step.key))
        if may_tell(work.now, step.told, work.calendar, work.zone)
        and (not step.eve or is_eve(work.today, work.calendar))
    ]
    holders = await load_holders(work, steps)
    raised = 0
    for step in steps:
        terms = terms_of(step, ladder)
        due, last = reached_by(work, step, terms), None
        for _ in range(ROUNDS):
            page = positioned(due, terms.soonest, after=last, limit=BATCH)
            batch = (await work.session.execute(page)).all()
            await _raise(work, step, batch, holders)
            raised += len(batch)
            if len(batch) < BATCH:
                break
            last = (batch[-1].due_at, batch[-1].place)
    return raised


async def recall_unaccepted(work: Work) -> int:
    """Cases that a body neither accepted nor returned in time go to the coordinator's queue.

    The longest held first, a batch at the most; how many were recalled.
    """
    rule = work.rules.get(TransferRule, "appeal", work.today)
    term = (rule.accept_within_days, rule.unit)
    query = (
        select(Appeal)
        .where(ACCEPTANCE.over(work, *term))
        .order_by(Appeal.held_since, Appeal.id)
        .limit(BATCH)
    )
    cases = await open_cases(work, query, "return")
    reason = f"орган не принял и не вернул обращение за {brief(*term)}"
    for case in cases:
        case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, None
        await case.advance(fact=Fact.QUEUED, state=State.QUEUED, clause=rule.clause, reason=reason)
    return len(cases)


@serves(RU_1844.cite("2.region-centre.1"), RU_1844.cite("4.а.3"))
async def run_sweep(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: date old disputes and breaches, recall what nobody took, walk the ladders."""
    await date_disputes(work)
    await note_broken_terms(work)
    await recall_unaccepted(work)
    await sweep(work)


async def digest(work: Work, on: date) -> list[Escalation]:
    """Everything raised to the acting person on a local day, the most urgent first."""
    require(work.actor, Permission.READ_APPEALS)
    query = (
        select(Escalation)
        .where(Escalation.person_id == work.actor.person_id, Escalation.digest_on == on)
        .order_by(Escalation.due_at, Escalation.id)
    )
    return list(await work.session.scalars(query))


async def _raise(
    work: Work, step: EscalationStep, batch: Sequence[Row[Any]], holders: Holders
) -> None:
    """Tell the holders of every case of the batch; of one without any an operator is told."""
    rows, events, untold = [], [], Counter[str | None]()
    for case in batch:
        told = holders.told(step, case)
        if not told:
            untold[case.block] += 1
            continue
        rows += [_row(work, step, case, holder.person_id) for holder in told]
        after = {"step": step.key, "round": case.round, "told": len(told)}
        after |= {"term": case.term} if case.term else {}
        events.append(Event("appeal.escalated", f"appeal:{case.id}", step.clause.ref, after=after))
    if rows:
        await work.session.execute(insert(Escalation), rows)
    await work.record_many(events)
    for block, times in untold.items():
        text = f"Некому передать: роль «{step.to_role}» никем не занята"
        await raise_incident(work, f"escalation/{step.key}/{block}", text, times=times)


def _row(
    work: Work, step: EscalationStep, case: Row[Any], person_id: int | None
) -> dict[str, object]:
    return {
        "appeal_id": case.id,
        "person_id": person_id,
        "step": step.key,
        "term": case.term,
        "clause": step.clause.ref,
        "round": case.round,
        "due_at": case.due_at,
        "raised_at": work.now,
        "digest_on": work.today,
        "day_off": not work.calendar.is_working_day(local_date(case.due_at, work.zone)),
    }
