"""Moving a case between bodies: route, accept, return, transfer.

The centre's routing is no forwarding; a body that transfers a case ends its own consideration, and
that of the receiver begins when it registers (59-ФЗ, 8 ч. 3; R47). The mechanism's term goes on.
"""

from __future__ import annotations

from core.appeals.case import Case, open_case
from core.appeals.model import Appeal
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.handling import ComplaintRule, TransferRule
from core.appeals.rules.ledger import count
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.rules.registrations import FORWARDING, awaits_registration
from core.directory.bodies import find_body, load_bodies
from core.directory.model import Body
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


@serves(RU_1844.cite("2.region-centre.1"), RU_1844.cite("2.region-centre.3"))
async def route(
    work: Work, appeal_id: int, body_key: str, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """The coordinator gives a case from the queue to a body. Needs ROUTE."""
    case = await open_case(work, appeal_id, "route", expected_version)
    reason = reasoned(reason, case.step.clause)
    return await _hand_over(case, await receiver(case, body_key), reason)


async def accept(work: Work, appeal_id: int, *, expected_version: int | None = None) -> Appeal:
    """The body takes the case into work; who accepts is its executor. Needs ACCEPT.

    What another body forwarded is registered by that, if it was not before (59-ФЗ, 8 ч. 2).
    """
    case = await open_case(work, appeal_id, "accept", expected_version)
    await _register(case)
    rank = work.actor.rank(case.step.permission, case.appeal)
    return await case.advance(data={"executor_rank": rank})


async def return_case(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """The body gives a case back to who sent it, or to the coordinator. Needs ACCEPT."""
    case = await open_case(work, appeal_id, "return", expected_version)
    reason = reasoned(reason, case.step.clause)
    if _exhausted(case):
        return await _to_coordinator(case, reason)
    sender = await work.session.get(Body, case.appeal.previous_body_id or 0)
    if sender is None or not (await load_bodies(work.session)).working(sender, work.today):
        return await _to_coordinator(case, reason)
    case.appeal.previous_body_id, case.appeal.body_id = None, sender.id
    case.appeal.transfers += 1
    return await case.advance(body=sender.key, reason=reason)


@serves(RU_1844.cite("2.region-centre.3"))
async def transfer(
    work: Work, appeal_id: int, body_key: str, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Pass the case to another body, which must accept or return it. Needs TRANSFER.

    The applicant is told in the same transaction (59-ФЗ, 8 ч. 3). Beyond the limit of transfers
    the case goes to the coordinator instead.
    """
    case = await open_case(work, appeal_id, "transfer", expected_version)
    reason = reasoned(reason, case.step.clause)
    body = await receiver(case, body_key)
    if body.id == case.appeal.body_id:
        raise Refusal(RefusalCode.INVALID, "Обращение уже у этого органа", case.step.clause)
    if _exhausted(case):
        return await _to_coordinator(case, reason)
    await _register(case)
    case.appeal.transfers += 1
    write_notice(work, case.appeal, NoticeKind.FORWARDED, f"Ваше обращение передано: {body.name}")
    return await _hand_over(case, body, reason)


async def receiver(case: Case, body_key: str) -> Body:
    """The body that may receive the case: it exists, works and is not complained of."""
    bodies = await load_bodies(case.work.session)
    body = find_body(bodies, body_key)
    if not bodies.working(body, case.work.today):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён")
    complained = bodies.by_id.get(case.appeal.complained_body_id or 0)
    if body.key in bodies.barred_by(complained):
        rule = case.work.rules.get(ComplaintRule, "complaint", case.work.today)
        raise Refusal(
            RefusalCode.BODY_COMPLAINED_OF,
            "Жалобу нельзя направлять органу, действия которого обжалуются",
            rule.clause,
        )
    return body


async def _register(case: Case) -> None:
    """What was forwarded to the holder becomes registered with it, once."""
    if not awaits_registration(case.entries):
        return
    holder = FORWARDING.among(case.entries)[-1].body
    rule = case.work.rules.get(Transition, "register", case.work.today)
    state = State(case.appeal.state)
    await case.advance(fact=rule.fact, state=state, body=holder, clause=rule.clause)


async def _hand_over(case: Case, body: Body, reason: str) -> Appeal:
    case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, body.id
    return await case.advance(body=body.key, reason=reason)


def _exhausted(case: Case) -> bool:
    rule = case.work.rules.get(TransferRule, "appeal", case.work.today)
    return count(case.entries, Fact.TRANSFERRED, Fact.RETURNED) >= rule.limit


async def _to_coordinator(case: Case, reason: str) -> Appeal:
    """Bodies that pass a case on and on have had their turns: a person of the centre decides."""
    rule = case.work.rules.get(TransferRule, "appeal", case.work.today)
    case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, None
    return await case.advance(
        fact=Fact.QUEUED, state=State.QUEUED, clause=rule.clause, reason=reason
    )
