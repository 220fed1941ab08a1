"""Giving an appeal back: no body may take it, or it is against a court's decision."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.impartiality import barred, left_to_himself
from core.appeals.intake.placement import Placer
from core.appeals.intake.placer import placer_of
from core.appeals.model import Appeal
from core.appeals.notices.letters import forwarding as letters
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.recipients import nobody_to_tell
from core.appeals.notices.service import write_notice
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.routing import Route, decide
from core.appeals.step import Step
from core.directory.model import Appointment, Body
from core.directory.service import holding
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


def _check_regime(case: Case) -> None:
    if case.appeal.regime != Regime.APPEAL:
        text = "Так возвращаются только обращения; во всех остальных случаях даётся ответ"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)


async def _check_author(case: Case) -> None:
    """What nobody can be given back is left without an answer by its own ground (11 ч. 1)."""
    if await nobody_to_tell(case.work, case.appeal):
        text = "Возвращать некому: в обращении не указаны фамилия или почтовый адрес"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, FZ59.cite("11.1"))


async def _check_nobody_else(case: Case) -> None:
    clause, appeal = case.step.clause, case.appeal
    if appeal.complained_body_id is None and appeal.complained_person_id is None:
        text = (
            "Возвращается только жалоба на орган или должностное лицо, которую не может рассмотреть"
            " никто другой"
        )
        raise Refusal(RefusalCode.INVALID, text, clause)
    placer = await placer_of(case.work)
    for body in await _competent(case, placer):
        works = placer.bodies.working(body, case.work.today)
        if not works or barred(appeal, placer.bodies, body):
            continue
        if not await left_to_himself(case.work, appeal, body):
            text = f"Жалобу может рассмотреть другой орган или другое должностное лицо: {body.name}"
            raise Refusal(RefusalCode.COMPETENT_ELSEWHERE, text, clause)


async def _competent(case: Case, placer: Placer) -> list[Body]:
    """Whoever may be competent: the official's own body, superiors, whom a route names."""
    work, appeal, bodies = case.work, case.appeal, placer.bodies
    complained = bodies.by_id.get(appeal.complained_body_id or 0)
    own = [bodies.by_id[one] for one in await _bodies_of_official(case)]
    about = [*own, complained] if complained else own
    above = [bodies.by_id.get(one.parent_id or 0) for one in about]
    addressee = bodies.by_id.get(appeal.addressee_id or 0)
    facts = placer.facts(
        appeal.theme, appeal.channel, appeal.municipality, addressee, complained, work.today
    )
    routes = work.rules.all(Route, work.today, municipality=appeal.municipality)
    routed = bodies.by_key.get(decide(routes, facts).body or "")
    return [body for body in (*own, *above, routed) if body is not None]


async def _bodies_of_official(case: Case) -> Sequence[int]:
    """The bodies in which the official complained of holds an appointment today."""
    query = select(Appointment.body_id).where(
        Appointment.person_id == case.appeal.complained_person_id,
        Appointment.body_id.is_not(None),
        holding(case.work.today),
    )
    found = await case.work.session.scalars(query.order_by(Appointment.id))
    return [one for one in found if one is not None]


SEND_BACK = Step("send-back", (_check_regime, _check_author, _check_nobody_else))
COURT_DECISION = Step("court-decision", (_check_regime, _check_author))


@serves(FZ59.cite("8.7"), PRACTICE.cite("return"))
async def send_back(
    work: Work,
    appeal_id: int,
    complained_of: str,
    *,
    order: str = letters.COURT,
    expected_version: int | None = None,
) -> Appeal:
    """Return a complaint that may go to nobody, with the right to go to court. Needs TRANSFER.

    `complained_of` is the decision or action in the accusative, `order` the code of procedure in
    the instrumental, as the letter says them. Refuses what is no complaint about a body or an
    official (INVALID), what nobody can be given back (NOT_PROVIDED), and what somebody else may
    take (COMPETENT_ELSEWHERE): by a route, as the superior, or in the official's own body.
    """
    case = await SEND_BACK.open(work, appeal_id, expected_version)
    complained_of = reasoned(complained_of, case.step.clause, "обжалуемое решение или действие")
    order = reasoned(order, case.step.clause, "порядок обжалования")
    text = letters.sent_back(await head_of(case), complained_of, order)
    return await _end(case, Outcome.SENT_BACK, NoticeKind.SENT_BACK, text, complained_of)


@serves(FZ59.cite("11.2"))
async def return_court_decision(
    work: Work, appeal_id: int, decision: str, order: str, *, expected_version: int | None = None
) -> Appeal:
    """Return an appeal against a court's decision with the order of appeal. Needs TRANSFER.

    `decision` names court, number and day: without it the outcome has no proof. Refuses what
    nobody can be given back (NOT_PROVIDED).
    """
    case = await COURT_DECISION.open(work, appeal_id, expected_version)
    decision = reasoned(decision, case.step.clause, "судебное решение")
    order = reasoned(order, case.step.clause, "порядок обжалования")
    text = letters.against_court_decision(await head_of(case), decision, order)
    return await _end(case, Outcome.COURT_DECISION, NoticeKind.COURT_DECISION, text, decision)


async def _end(case: Case, outcome: Outcome, kind: NoticeKind, text: str, reason: str) -> Appeal:
    write_notice(case.work, case.appeal, kind, text)
    case.appeal.outcome, case.appeal.closed_at = outcome, case.work.now
    return await case.advance(reason=reason)
