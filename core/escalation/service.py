"""The sweep: what is near or past due walks the region's ladder, a person at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select, true, tuple_

from core.access import Actor, require
from core.acts import RU_1844
from core.appeals.case import open_case
from core.appeals.model import Appeal
from core.directory.model import Appointment, Person
from core.directory.service import grants_of, holding
from core.escalation.incidents import raise_incident
from core.escalation.model import Escalation
from core.events import Event
from core.rules.handling import OPEN_STATES, EscalationStep, Fact, State, TransferRule
from core.rules.roles import Permission
from core.serves import serves
from core.structure.blocks import Blocks, load_blocks
from core.work import Work

BATCH = 500
ROUNDS = 200
FALLBACK = "coordinator"


async def sweep(work: Work) -> int:
    """Raise every rung that is due and was not raised yet; how many cases were raised.

    Idempotent: the same moment raises nothing twice. Breaches stay dated to the deadline.
    """
    holders = _Holders(work, await load_blocks(work.session, work.rules))
    steps = sorted(work.rules.all(EscalationStep, work.today), key=lambda step: step.order)
    raised = 0
    for step in steps:
        last: Appeal | None = None
        for _ in range(ROUNDS):
            batch = await _due(work, step, last)
            for appeal in batch:
                await _raise(work, step, appeal, holders)
            await work.session.flush()
            raised += len(batch)
            if len(batch) < BATCH:
                break
            last = batch[-1]
    return raised


async def recall_unaccepted(work: Work) -> int:
    """Cases that a body neither accepted nor returned in time go to the coordinator's queue."""
    rule = work.rules.get(TransferRule, "appeal", work.today)
    long_ago = work.now - timedelta(days=rule.accept_within_days)
    query = (
        select(Appeal.id)
        .where(Appeal.state == State.ASSIGNED, Appeal.held_since < long_ago)
        .order_by(Appeal.id)
        .limit(BATCH)
    )
    recalled = list(await work.session.scalars(query))
    for appeal_id in recalled:
        case = await open_case(work, appeal_id, "return")
        case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, None
        reason = f"орган не принял и не вернул обращение за {rule.accept_within_days} дней"
        await case.advance(fact=Fact.QUEUED, state=State.QUEUED, clause=rule.clause, reason=reason)
    return len(recalled)


@serves(RU_1844.cite("2.region-centre.1"), RU_1844.cite("4.а.3"))
async def run_sweep(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: recall what nobody took, then walk the ladder."""
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


async def _due(work: Work, step: EscalationStep, last: Appeal | None) -> Sequence[Appeal]:
    """Open cases whose deadline the rung has reached and that were not raised (lately) on it."""
    raised = select(Escalation.id).where(
        Escalation.appeal_id == Appeal.id, Escalation.step == step.key, _lately(work, step)
    )
    query = (
        select(Appeal)
        .where(
            Appeal.state.in_([*OPEN_STATES]),
            Appeal.answered_at.is_(None),
            Appeal.due_at <= work.now + timedelta(days=step.before_days),
            ~raised.exists(),
        )
        .order_by(Appeal.due_at, Appeal.id)
        .limit(BATCH)
    )
    if last is not None:
        query = query.where(tuple_(Appeal.due_at, Appeal.id) > tuple_(last.due_at, last.id))
    return (await work.session.scalars(query)).all()


def _lately(work: Work, step: EscalationStep) -> ColumnElement[bool]:
    if not step.repeat_days:
        return true()
    return Escalation.raised_at > work.now - timedelta(days=step.repeat_days)


class _Holders:
    """Who holds which role today: each role is looked up once a sweep."""

    def __init__(self, work: Work, blocks: Blocks) -> None:
        self.work, self.blocks = work, blocks
        self.by_role: dict[str, list[Actor]] = {}

    async def told(self, step: EscalationStep, appeal: Appeal) -> list[Actor]:
        """Whom a rung tells of this case; where nobody holds the role, the coordinator."""
        block = self.blocks.find(appeal.block, self.work.today)
        role = block.answerable(step.to_role) if block else step.to_role
        for key in (role, FALLBACK):
            if key not in self.by_role:
                self.by_role[key] = await _holders(self.work, key)
            told = [h for h in self.by_role[key] if h.may(Permission.READ_APPEALS, appeal)]
            if told:
                return told
        return []


async def _raise(work: Work, step: EscalationStep, appeal: Appeal, holders: _Holders) -> None:
    told = await holders.told(step, appeal)
    if not told:
        key = f"escalation/{step.key}/{appeal.block}"
        await raise_incident(work, key, f"Некому передать: роль «{step.to_role}» никем не занята")
        return
    earlier = select(func.max(Escalation.round)).where(
        Escalation.appeal_id == appeal.id, Escalation.step == step.key
    )
    last = await work.session.scalar(earlier)
    number = 0 if last is None else last + 1
    assert appeal.due_at is not None
    work.session.add_all(
        Escalation(
            appeal_id=appeal.id,
            person_id=holder.person_id,
            step=step.key,
            clause=step.clause.ref,
            round=number,
            due_at=appeal.due_at,
            raised_at=work.now,
            digest_on=work.today,
        )
        for holder in told
    )
    after = {"step": step.key, "round": number, "told": len(told)}
    subject = f"appeal:{appeal.id}"
    await work.record(Event("appeal.escalated", subject, step.clause.ref, after=after))


async def _holders(work: Work, role: str) -> list[Actor]:
    """Everyone who holds the role today, with the grants of that role alone."""
    query = (
        select(Person, Appointment)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.role == role, holding(work.today))
        .order_by(Person.id)
    )
    by_person: dict[int, tuple[Person, list[Appointment]]] = {}
    for person, appointment in await work.session.execute(query):
        by_person.setdefault(person.id, (person, []))[1].append(appointment)
    return [
        Actor(person.subject, person.id, grants_of(held, work.rules, work.today))
        for person, held in by_person.values()
    ]
