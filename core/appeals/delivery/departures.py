"""When an answer leaves, that it leaves once, and what it leaves in place of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select, update

from core.appeals.case import Case
from core.appeals.delivery.model import Dispatch
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.notices.recipients import Addressee, keep_recipient, recipient_of
from core.appeals.notices.states import TROUBLED, NoticeState
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.work import E_MAIL, Work

PROVEN = PRACTICE.cite("lifecycle.deliver")
WAITING = frozenset({NoticeState.WRITTEN, NoticeState.HANDING})


def leaves_at(case: Case) -> datetime:
    """After the pause in which it may be taken back; at once on the last day of its term."""
    work, due = case.work, case.appeal.due_at
    if due is not None and local_date(due, work.zone) <= work.today:
        return work.now
    return work.now + work.departure.pause


async def require_none_waits(case: Case, answer: Answer) -> None:
    """Refuse WRONG_STATE while a notice with this answer waits: it would go twice."""
    waiting = notices_of(answer).where(Notice.state.in_(WAITING), Notice.sent_at.is_(None))
    if (await case.work.session.scalars(waiting.limit(1))).first() is not None:
        text = "Этот ответ уже ждёт отправки; чтобы изменить способ, сначала отзовите его"
        raise Refusal(RefusalCode.WRONG_STATE, text, PROVEN)


async def replace_troubled(case: Case, answer: Answer, notice: Notice) -> None:
    """What did not arrive leaves the lists: the answer goes by this notice now."""
    old = [one.id for one in await case.work.session.scalars(notices_of(answer))]
    troubled = update(Notice).where(
        Notice.id.in_(old),
        Notice.id != notice.id,
        Notice.state.in_(TROUBLED),
        Notice.replaced_by_id.is_(None),
    )
    await case.work.session.execute(troubled.values(replaced_by_id=notice.id))


async def address(work: Work, notice: Notice, elsewhere: str) -> None:
    """Keep another address than the appeal's; one of e-mail takes the notice to its channel."""
    known = await recipient_of(work, notice)
    await keep_recipient(work, notice, Addressee(known.name, elsewhere))
    if "@" in elsewhere and E_MAIL in work.departure.mailed:
        notice.channel = E_MAIL


def notices_of(answer: Answer) -> Select[Notice]:
    """The notices by which the answer went, or was to go, the oldest first."""
    query = select(Notice).join(Dispatch, Dispatch.notice_id == Notice.id)
    return query.where(Dispatch.answer_id == answer.id).order_by(Notice.id)
