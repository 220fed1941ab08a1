"""Disagreement that comes as a new case: linked to the old one, which it disputes (R46).

A new appeal by a way of art. 4 has its own registration and thirty days, whatever becomes of the
old case; it is a complaint about whoever answered, and so never goes there (59-ФЗ, 8 ч. 6).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select

from core.appeals.case import Case
from core.appeals.ledger import read_entries
from core.appeals.model import Answer, Appeal
from core.appeals.rules.ledger import count
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.rules.occasions import APPEALED
from core.appeals.satisfaction.model import Dispute
from core.appeals.satisfaction.terms import date_dispute
from core.directory.model import Body
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work


@dataclass(frozen=True)
class Objections:
    """The cases that what comes in disputes, by their numbers, locked until the work ends.

    `states` are those in which an answer stands; in work again, it stands no longer.
    """

    cases: dict[str, Appeal] = field(default_factory=dict)
    states: frozenset[State] = frozenset()
    answerers: dict[int, str] = field(default_factory=dict)

    def disputed(self, number: str) -> Appeal:
        """The answered case of this number; Refusal of one that there is not, or has no answer."""
        case = self.cases.get(number)
        if case is None:
            text = f"Обращения № {number}, ответ на которое оспаривается, в регионе нет"
            raise Refusal(RefusalCode.NOT_FOUND, text)
        if case.answered_at is None or State(case.state) not in self.states:
            text = f"По обращению № {number} нет ответа, который можно оспорить"
            raise Refusal(RefusalCode.WRONG_STATE, text)
        return case

    def answerer(self, case: Appeal) -> str | None:
        """The key of the body whose answer is disputed."""
        return self.answerers.get(case.id)


async def load_objections(work: Work, numbers: Collection[str]) -> Objections:
    """The disputed cases of these numbers; nothing is asked where there are none."""
    if not numbers:
        return Objections()
    query = select(Appeal).where(Appeal.number.in_(numbers)).order_by(Appeal.id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    cases = {case.number: case for case in await work.session.scalars(locked)}
    held = {case.id: case.body_id for case in cases.values()}
    answered = select(Answer.appeal_id, Answer.body_id).where(Answer.appeal_id.in_([*held]))
    for appeal_id, body_id in await work.session.execute(answered.order_by(Answer.id)):
        held[appeal_id] = body_id or held[appeal_id]
    bodies = select(Body.id, Body.key).where(Body.id.in_([b for b in held.values() if b]))
    keys = {row.id: row.key for row in await work.session.execute(bodies)}
    answerers = {case: keys[body] for case, body in held.items() if body in keys}
    rule = work.rules.get(Transition, "dispute", work.today)
    return Objections(cases, rule.sources | {State.DISPUTED}, answerers)


async def file_objection(work: Work, disputed: Appeal, by_appeal_id: int, at: datetime) -> None:
    """The new case disputes the answer to the old one since its own registration.

    A dispute that is still to be judged is not opened twice: one by the survey's link is taken
    over by the appeal, a second appeal has its own answer.
    """
    pending = await work.session.scalar(pending_dispute(disputed.id))
    if pending is not None:
        pending.by_appeal_id = pending.by_appeal_id or by_appeal_id
        return
    rule = work.rules.get(Transition, "dispute", work.today)
    case = Case(work, disputed, await read_entries(work, disputed.id), rule)
    new = await work.session.get_one(Appeal, by_appeal_id)
    reason = f"Новое обращение № {new.number}"
    await open_dispute(case, reason, at=max(at, case.rows[-1].at), by=new)


async def open_dispute(
    case: Case,
    reason: str,
    *,
    at: datetime | None = None,
    survey_id: int | None = None,
    by: Appeal | None = None,
) -> Dispute:
    """The case is disputed from the moment on (now): the dispute with its term, and the fact.

    `by` is the new case by which it is: an appeal that is owed an answer has terms of its own, and
    then none of practice begins (R46).
    """
    appeal, opened_at = case.appeal, at or case.work.now
    dispute = Dispute(
        appeal_id=appeal.id,
        survey_id=survey_id,
        by_appeal_id=by.id if by else None,
        body_id=appeal.body_id,
        block=appeal.block,
        theme=appeal.theme,
        municipality=appeal.municipality,
        opened_at=opened_at,
        reason=reason,
    )
    data: dict[str, object] = {"round": count(case.entries, Fact.DISPUTED) + 1}
    if by is not None:
        data["by_appeal"] = by.number
        if by.statute_due_at is not None:
            data[APPEALED] = True
    await case.advance(data=data, at=opened_at)
    date_dispute(case.work, appeal, dispute, case.entries, by)
    case.work.session.add(dispute)
    return dispute


def pending_dispute(appeal_id: int) -> Select[Dispute]:
    """The dispute of a case that is still to be judged; at most one."""
    unjudged = (Dispute.judged_at.is_(None), Dispute.withdrawn_at.is_(None))
    query = select(Dispute).where(Dispute.appeal_id == appeal_id, *unjudged)
    return query.order_by(Dispute.id).limit(1).with_for_update()
