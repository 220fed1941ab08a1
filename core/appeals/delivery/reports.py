"""What is heard of a notice on its way: it changes that notice, and its answer's facts (R66)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.delivery.dispatches import mark_sent
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.status import words_of
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.notices.service import find_notices
from core.appeals.notices.states import LEFT, NoticeState, is_news
from core.appeals.rules.lifecycle import State, Transition
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.doors.service import require_doors_open
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work

PROVEN = PRACTICE.cite("lifecycle.deliver")
TOLD = frozenset(LEFT | {NoticeState.FAILED})
"""What whoever delivers may tell."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a notice, when (aware UTC), and by which status code of RFC 3463 if any.

    An answer is sent when that is heard, whenever it happened: the moment is not in our hands.
    """

    state: NoticeState
    at: datetime
    status: str | None = None


@serves(PROVEN)
async def confirm(work: Work, ids: Sequence[int]) -> list[Notice]:
    """The channel has sent these notices; an answer among them is sent with that. SEND_NOTICES."""
    return await tell(work, {number: Report(NoticeState.HANDED, work.now) for number in ids})


@serves(PROVEN)
async def tell(work: Work, told: dict[int, Report]) -> list[Notice]:
    """The channel tells what became of notices, by their ids. Needs SEND_NOTICES.

    What is no news changes nothing. Refuses NOT_FOUND, INVALID for a state that is not told, and
    WRONG_STATE while the doors are closed: numbers of another copy mean other notices.
    """
    require(work.actor, Permission.SEND_NOTICES)
    await require_doors_open(work)
    if any(one.state not in TOLD for one in told.values()):
        raise Refusal(RefusalCode.INVALID, "О доставке такого не сообщают", PROVEN)
    notices = await find_notices(work, list(told))
    for notice in notices:
        await hear(work, notice, told[notice.id])
    return notices


@serves(PROVEN)
async def report(work: Work, token: str, told: Report) -> Notice | None:
    """What came to the return address with this token; None where it is of no letter of ours.

    Needs SEND_NOTICES. The same report again changes nothing.
    """
    require(work.actor, Permission.SEND_NOTICES)
    query = select(Notice).where(Notice.token == token).with_for_update()
    notice: Notice | None = await work.session.scalar(query)
    if notice is not None:
        await hear(work, notice, told)
    return notice


async def hear(work: Work, notice: Notice, told: Report) -> bool:
    """Bring the notice into the state that it is told to be in; whether that was news."""
    before = NoticeState(notice.state)
    if not is_news(before, told.state):
        return False
    if told.state in LEFT and notice.sent_at is None:
        await _sent(work, notice)
    notice.state, notice.state_at = told.state, min(told.at, work.now)
    notice.status = told.status
    notice.leased_until = None
    after = {"notice": notice.id, "kind": notice.kind, "status": told.status}
    event = Event(
        f"notice.{told.state}",
        f"appeal:{notice.appeal_id}",
        before={"state": before},
        after=after,
    )
    await work.record(event)
    if told.state is NoticeState.CONFIRMED:
        await _fate(work, notice, "deliver", f"Доставка подтверждена: уведомление {notice.id}")
    if told.state is NoticeState.RETURNED:
        await _fate(work, notice, "undeliver", words_of(told.status))
    return True


async def _sent(work: Work, notice: Notice) -> None:
    """Whoever delivers has the notice: an answer in it is sent with that."""
    notice.sent_at = work.now
    query = select(Dispatch).where(Dispatch.notice_id == notice.id, Dispatch.handed_at.is_(None))
    for row in await work.session.scalars(query.order_by(Dispatch.id)):
        row.handed_at = notice.sent_at
        row.number = notice.message_id or f"уведомление {notice.id}"
        await _confirmed(work, row)


async def _confirmed(work: Work, row: Dispatch) -> None:
    """A case that has moved on meanwhile keeps its state; the dispatch says what was sent."""
    answer = await work.session.get_one(Answer, row.answer_id)
    rule = work.rules.get(Transition, "resend" if answer.sent_at else "answer", work.today)
    case = await Case.of(work, row.appeal_id, rule)
    ours = answer.sent_at is not None or answer.body_id == case.appeal.body_id
    if State(case.appeal.state) in rule.sources and ours:
        await mark_sent(case, answer, row)


async def _fate(work: Work, notice: Notice, step: str, reason: str) -> None:
    """The fact in the ledger, where the notice is the last way on which the answer went."""
    query = select(Dispatch).where(Dispatch.appeal_id == notice.appeal_id)
    row = await work.session.scalar(query.order_by(Dispatch.id.desc()).limit(1))
    if row is None or row.notice_id != notice.id or row.annulled_at or row.delivered_at:
        return
    if step == "undeliver" and row.returned_at is not None:
        return
    case = await Case.of(work, notice.appeal_id, work.rules.get(Transition, step, work.today))
    answer = await work.session.get_one(Answer, row.answer_id)
    if answer.sent_at is None or State(case.appeal.state) not in case.step.sources:
        return
    if step == "deliver":
        row.delivered_at, case.appeal.undelivered = work.now, False
    else:
        row.returned_at, row.return_reason = work.now, reason
        case.appeal.undelivered = True
    await case.advance(reason=reason, data={"dispatch": row.id})
