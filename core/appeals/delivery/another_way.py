"""What did not arrive goes another way: to another address, on paper, or by e-mail once more."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Select, select

from core.appeals.case import open_case, open_step
from core.appeals.delivery.departures import PROVEN, address
from core.appeals.delivery.dispatches import (
    NewDispatch,
    check_signed,
    dispatch,
    other_address,
    register_moment,
)
from core.appeals.delivery.model import Dispatch
from core.appeals.model import Answer, Appeal
from core.appeals.notices.links.service import issue_link
from core.appeals.notices.model import WITHOUT_LINK, Notice
from core.appeals.notices.states import TROUBLED, NoticeState
from core.appeals.queries import visible
from core.appeals.rules.lifecycle import State, Transition
from core.appeals.rules.signatures import Way
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID
from core.kernel.work import Work
from core.law.russian import Code


class NextStep(Code):
    """What can be done with a notice that did not arrive."""

    ADDRESS = "address", "отправить по другому адресу, если его сообщил заявитель"
    PAPER = "paper", "отправить на бумаге и записать номер"
    AGAIN = "again", "отправить ещё раз"


def troubled(actor: Actor) -> Select[Notice]:
    """The notices that did not arrive and went no other way yet, of cases the actor answers."""
    mine = visible(actor, Permission.ANSWER)
    waiting = Notice.state.in_(TROUBLED), Notice.replaced_by_id.is_(None)
    return select(Notice).join(Appeal, Appeal.id == Notice.appeal_id).where(mine, *waiting)


def next_steps(notice: Notice) -> list[NextStep]:
    """What can be done with it now; nothing where it is on its way, arrived or was replaced."""
    if notice.replaced_by_id is not None or NoticeState(notice.state) not in TROUBLED:
        return []
    if NoticeState(notice.state) in (NoticeState.UNCERTAIN, NoticeState.FAILED):
        return list(NextStep)
    return [NextStep.ADDRESS, NextStep.PAPER]


@serves(PROVEN)
async def send_another_way(work: Work, notice_id: int, new: NewDispatch) -> Notice:
    """Send what did not arrive another way; the new notice. Needs ANSWER for the case.

    An answer goes as `send` and `resend` have it: its term stays as it is. Refuses NOT_FOUND,
    WRONG_STATE for what is on its way or has been replaced, and what a dispatch refuses.
    """
    require(work.actor, Permission.ANSWER)
    query = troubled(work.actor).where(Notice.id == notice_id)
    notice = await work.session.scalar(query.with_for_update(of=Notice))
    if notice is None:
        text = "Такого уведомления нет, или оно в пути, дошло либо уже направлено иначе"
        raise Refusal(RefusalCode.NOT_FOUND, text, PROVEN)
    row = await work.session.scalar(select(Dispatch).where(Dispatch.notice_id == notice.id))
    if row is None:
        return await _again(work, notice, new)
    answer = await work.session.get_one(Answer, row.answer_id)
    sent = answer.sent_at is not None
    case = await open_case(work, notice.appeal_id, "resend" if sent else "answer")
    check_signed(answer)
    await dispatch(case, answer, new, earliest=answer.sent_at or answer.signed_at)
    await work.session.refresh(notice)
    return await work.session.get_one(Notice, notice.replaced_by_id or notice.id)


async def _again(work: Work, old: Notice, new: NewDispatch) -> Notice:
    """The same letter once more; nothing of the case changes."""
    rule = work.rules.get(Transition, "resend", work.today)
    case = await open_step(work, old.appeal_id, replace(rule, sources=frozenset(State)))
    number = (new.number or "").strip()
    on_paper = new.way is not Way.ELECTRONIC
    if on_paper and not 0 < len(number) <= LONGEST_ID:
        text = "Укажите номер реестра или почтового отправления"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, PROVEN)
    other = await other_address(case, new)
    sent_at = register_moment(case, new.at, old.written_at) if on_paper else None
    copy = Notice(
        appeal_id=old.appeal_id,
        channel=old.channel,
        kind=old.kind,
        subject=old.subject,
        text=old.text,
        attachments=old.attachments,
        written_at=work.now,
        send_at=sent_at or work.now,
        sent_at=sent_at,
        state=NoticeState.HANDED if on_paper else NoticeState.WRITTEN,
        state_at=work.now,
        number=number or None,
    )
    work.session.add(copy)
    if not on_paper and copy.kind not in WITHOUT_LINK:
        issue_link(work, case.appeal, copy)
    await work.session.flush()
    if other is not None:
        await address(work, copy, other)
    old.replaced_by_id = copy.id
    told = {"notice": copy.id, "before": old.id}
    await work.record(Event("notice.sent_anew", f"appeal:{old.appeal_id}", after=told))
    return copy
