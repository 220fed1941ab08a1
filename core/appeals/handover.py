"""Moving a case between bodies: route, accept, return, transfer.

The centre's routing is no forwarding; a body that transfers a case ends its own consideration, and
that of the receiver begins when it registers (59-ФЗ, 8 ч. 3; R47). The mechanism's term goes on.
"""

from __future__ import annotations

from functools import partial

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_bodies
from core.appeals.forwarding import (
    Forwarding,
    considered_elsewhere,
    first_routing,
    forward,
    give,
    registered_by_holder,
)
from core.appeals.impartiality import barred, check_receiver, left_to_himself, refusal
from core.appeals.model import Appeal
from core.appeals.registration import register_pending
from core.appeals.rules.handling import TransferRule
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.step import Step
from core.directory.bodies import Bodies, find_body, load_bodies
from core.directory.model import Body
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

BETWEEN_BODIES = frozenset({Fact.TRANSFERRED, Fact.RETURNED})
MOVED: dict[str, object] = {"moved": True}
"""What of other facts counts as a transfer: the limit is on all of them."""


def _check_complaint(case: Case, bodies: Bodies, body: Body) -> None:
    if barred(case.appeal, bodies, body):
        text = "Жалобу нельзя направлять органу, действия которого обжалуются"
        raise refusal(case.work, RefusalCode.BODY_COMPLAINED_OF, text)


def check_other(case: Case, body: Body) -> None:
    """Refuse INVALID the body that has the case."""
    if body.id == case.appeal.body_id:
        raise Refusal(RefusalCode.INVALID, "Обращение уже у этого органа", case.step.clause)


async def receivers(case: Case) -> list[Choice]:
    """The bodies that may receive the case."""
    return await fitting_bodies(case, partial(check_receives, case))


async def others(case: Case) -> list[Choice]:
    """The same, beside the one that has it."""

    async def judge(bodies: Bodies, body: Body) -> None:
        check_other(case, body)
        await check_receives(case, bodies, body)

    return await fitting_bodies(case, judge)


ROUTE, ACCEPT = Step("route", choices={"body": receivers}), Step("accept")
RETURN, TRANSFER = Step("return"), Step("transfer", choices={"body": others})


@serves(RU_1844.cite("2.region-centre.1"), RU_1844.cite("2.region-centre.3"))
async def route(
    work: Work,
    appeal_id: int,
    body_key: str,
    reason: str,
    *,
    results: bool = False,
    expected_version: int | None = None,
) -> Appeal:
    """The coordinator gives a case from the queue to a body. Needs ROUTE.

    Once a body had accepted it, giving it to another is forwarding as `transfer` knows it.
    """
    case = await ROUTE.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    body = await receiver(case, body_key)
    if considered_elsewhere(case, body, await load_bodies(work.session)):
        return await forward(case, Forwarding(body, reason, results))
    return await give(case, body, reason, case.step.fact)


async def accept(work: Work, appeal_id: int, *, expected_version: int | None = None) -> Appeal:
    """The body takes the case into work; who accepts is its executor. Needs ACCEPT.

    What another body forwarded is registered by that, if it was not before (59-ФЗ, 8 ч. 2).
    """
    case = await ACCEPT.open(work, appeal_id, expected_version)
    await register_pending(case)
    rank = work.actor.rank(case.step.permission, case.appeal)
    return await case.advance(data={"executor_rank": rank})


async def return_case(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """The body gives a case back to who sent it, or to the coordinator. Needs ACCEPT.

    What it has registered as forwarded to it, it forwards back, and the applicant is told.
    """
    case = await RETURN.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    if _exhausted(case):
        return await _to_coordinator(case, reason)
    sender = await work.session.get(Body, case.appeal.previous_body_id or 0)
    bodies = await load_bodies(work.session)
    if sender is None or not await _may_get_it_back(case, bodies, sender):
        return await _to_coordinator(case, reason)
    case.appeal.transfers += 1
    if registered_by_holder(case, bodies):
        return await forward(case, Forwarding(sender, reason))
    case.appeal.previous_body_id, case.appeal.body_id = None, sender.id
    return await case.advance(body=sender.key, reason=reason)


@serves(RU_1844.cite("2.region-centre.3"))
async def transfer(
    work: Work,
    appeal_id: int,
    body_key: str,
    reason: str,
    *,
    results: bool = False,
    expected_version: int | None = None,
) -> Appeal:
    """Pass the case to another body, which must accept or return it. Needs TRANSFER.

    `results` asks it for the results (59-ФЗ, 8 ч. 5). The applicant is told in the same
    transaction (8 ч. 3), but not of what passes between units of one body or is still the
    centre's first routing. Beyond the limit of transfers the case goes to the coordinator.
    """
    case = await TRANSFER.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    body = await receiver(case, body_key)
    check_other(case, body)
    if _exhausted(case):
        return await _to_coordinator(case, reason)
    case.appeal.transfers += 1
    bodies = await load_bodies(work.session)
    holder = bodies.by_id.get(case.appeal.body_id or 0)
    if holder is not None and bodies.one(holder, body):
        await register_pending(case)
        return await give(case, body, reason, Fact.DELEGATED, data=MOVED)
    if first_routing(case) and _of_the_centre(case):
        return await give(case, body, reason, Fact.ROUTED, data=MOVED)
    return await forward(case, Forwarding(body, reason, results))


async def receiver(case: Case, body_key: str) -> Body:
    """The body that may receive the case: it exists, works and is not complained of."""
    bodies = await load_bodies(case.work.session)
    body = find_body(bodies, body_key)
    await check_receives(case, bodies, body)
    return body


async def check_receives(case: Case, bodies: Bodies, body: Body) -> None:
    """Refuse a body that is closed, complained of, or has nobody else to consider the case."""
    if not bodies.working(body, case.work.today):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён")
    _check_complaint(case, bodies, body)
    await check_receiver(case.work, case.appeal, body)


async def _may_get_it_back(case: Case, bodies: Bodies, sender: Body) -> bool:
    if not bodies.working(sender, case.work.today) or barred(case.appeal, bodies, sender):
        return False
    return not await left_to_himself(case.work, case.appeal, sender)


def _of_the_centre(case: Case) -> bool:
    """Whether the actor hands cases over for the centre, and not for bodies."""
    scopes = case.work.actor.scopes(case.step.permission)
    return any(scope.bodies is None and scope.covers(case.appeal) for scope in scopes)


def _exhausted(case: Case) -> bool:
    rule = case.work.rules.get(TransferRule, "appeal", case.work.today)
    moves = [e for e in case.entries if e.fact in BETWEEN_BODIES or "moved" in e.data]
    return len(moves) >= rule.limit


async def _to_coordinator(case: Case, reason: str) -> Appeal:
    """Bodies that pass a case on and on have had their turns: a person of the centre decides."""
    rule = case.work.rules.get(TransferRule, "appeal", case.work.today)
    case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, None
    return await case.advance(
        fact=Fact.QUEUED, state=State.QUEUED, clause=rule.clause, reason=reason
    )
