"""What becomes of an answer on its way: delivered, come back, sent again, or never truly sent."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.alone import take_from_complained
from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.delivery.dispatches import NewDispatch, dispatch
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.reports import Report, hear
from core.appeals.delivery.ways import ways_of
from core.appeals.model import Answer, Appeal
from core.appeals.notices.model import Notice
from core.appeals.notices.states import NoticeState
from core.appeals.rules.ledger import summary
from core.appeals.step import Step
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

PROVEN = PRACTICE.cite("lifecycle.deliver")


async def _on_its_way(case: Case) -> Dispatch:
    """The last dispatch, if nobody knows yet what became of it."""
    query = select(Dispatch).where(
        Dispatch.appeal_id == case.appeal.id, Dispatch.handed_at.is_not(None)
    )
    row = await case.work.session.scalar(query.order_by(Dispatch.id.desc()).limit(1))
    if row is None or row.delivered_at or row.returned_at or row.annulled_at:
        text = "Нет отправленного ответа, о вручении которого ещё не известно"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)
    return row


async def _come_back(case: Case) -> Answer:
    """The last answer, if it was sent and has come back."""
    query = select(Answer).where(Answer.appeal_id == case.appeal.id, Answer.sent_at.is_not(None))
    answer = await case.work.session.scalar(query.order_by(Answer.id.desc()).limit(1))
    if answer is None or not case.appeal.undelivered:
        raise Refusal(RefusalCode.WRONG_STATE, "Возвращённого ответа нет", PROVEN)
    return answer


DELIVER, UNDELIVER = Step("deliver", (_on_its_way,)), Step("undeliver", (_on_its_way,))
UNSEND = Step("unsend", (_on_its_way,))


async def _ways(case: Case) -> list[Choice]:
    return await ways_of(case, await _come_back(case), again=True)


RESEND = Step("resend", (_come_back,), choices={"way": _ways})


@serves(PROVEN)
async def deliver(
    work: Work, appeal_id: int, proof: str, *, expected_version: int | None = None
) -> Appeal:
    """The answer has reached the applicant, by this proof (a receipt, a notice of delivery).

    Needs ANSWER. Refuses WRONG_STATE where nothing is on its way.
    """
    case = await DELIVER.open(work, appeal_id, expected_version)
    proof, row = reasoned(proof, PROVEN, "чем подтверждено вручение"), await _on_its_way(case)
    row.delivered_at, case.appeal.undelivered = work.now, False
    await _told(work, row, NoticeState.CONFIRMED)
    return await case.advance(reason=proof, data={"dispatch": row.id})


@serves(PROVEN)
async def undeliver(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """The answer has come back: it was sent all the same, and waits to be sent again (R66).

    Needs ANSWER. Refuses WRONG_STATE where nothing is on its way.
    """
    case = await UNDELIVER.open(work, appeal_id, expected_version)
    reason, row = reasoned(reason, PROVEN), await _on_its_way(case)
    row.returned_at, row.return_reason = work.now, reason
    case.appeal.undelivered = True
    await _told(work, row, NoticeState.RETURNED)
    return await case.advance(reason=reason, data={"dispatch": row.id})


@serves(PROVEN)
async def resend(
    work: Work, appeal_id: int, new: NewDispatch, *, expected_version: int | None = None
) -> Appeal:
    """Send again what has come back; the term stays as the first sending left it. Needs ANSWER.

    Refuses WRONG_STATE where nothing has come back, and whatever the first sending refuses.
    """
    case = await RESEND.open(work, appeal_id, expected_version)
    answer = await _come_back(case)
    return await dispatch(case, answer, new, earliest=answer.sent_at)


@serves(PRACTICE.cite("lifecycle.unsend"))
async def unsend(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """The sender erred, so the answer was not sent: the case is in work, its old term goes on.

    Needs ANSWER. The signed draft stays and can be sent to the right place. Refuses WRONG_STATE
    for what was delivered.
    """
    case = await UNSEND.open(work, appeal_id, expected_version)
    reason, row = reasoned(reason, case.step.clause), await _on_its_way(case)
    answer = await work.session.get_one(Answer, row.answer_id)
    row.annulled_at, row.return_reason = work.now, reason
    answer.sent_at = answer.late = None
    appeal = case.appeal
    appeal.undelivered, appeal.closed_at = False, None
    await case.advance(reason=reason, data={"dispatch": row.id})
    told = summary(case.entries)
    appeal.outcome, appeal.answered_at = told.outcome, told.answered_at
    return await take_from_complained(case, reason)


async def _told(work: Work, row: Dispatch, state: NoticeState) -> None:
    """The letter is where its answer is."""
    if row.notice_id is not None:
        notice = await work.session.get_one(Notice, row.notice_id)
        await hear(work, notice, Report(state, work.now))
