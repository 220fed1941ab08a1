"""Writing notices in the step's own transaction; channels take them away and report back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from core.appeals.model import Appeal
from core.appeals.notices.links.service import issue_link
from core.appeals.notices.model import WITHOUT_LINK, Notice, NoticeKind
from core.appeals.notices.states import NoticeState
from core.appeals.notices.subjects import subject_of
from core.appeals.queries import visible
from core.appeals.rules.intake import Regime
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.doors.service import doors_open
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work


def write_notice(
    work: Work,
    appeal: Appeal,
    kind: NoticeKind,
    text: str,
    *,
    sent_at: datetime | None = None,
    send_at: datetime | None = None,
) -> Notice:
    """Leave a notice to the applicant of this appeal, for the channel it came through.

    It carries the link of the appeal's page. One that went another way has been sent: no channel
    takes it, and it carries none. None takes it before `send_at`.
    """
    notice = Notice(
        appeal_id=appeal.id,
        channel=appeal.channel,
        kind=kind,
        subject=subject_of(kind, appeal.number, Regime(appeal.regime)),
        text=text,
        attachments=[],
        written_at=work.now,
        send_at=send_at or work.now,
        due_at=appeal.due_at if kind is NoticeKind.ANSWERED else None,
        sent_at=sent_at,
        state=NoticeState.HANDED if sent_at else NoticeState.WRITTEN,
        state_at=work.now,
    )
    work.session.add(notice)
    if sent_at is None and kind not in WITHOUT_LINK:
        issue_link(work, appeal, notice)
    return notice


@serves(RU_1844.cite("4.б.4.channels"))
async def pending_notices(work: Work, channel: str, limit: int = 100) -> list[Notice]:
    """The oldest notices of a channel that wait and may leave now; none while doors are closed.

    Needs SEND_NOTICES. Refuses INVALID for a channel whose letters this program sends itself: they
    would go twice.
    """
    require(work.actor, Permission.SEND_NOTICES)
    if channel in work.departure.mailed:
        text = f"Уведомления канала «{channel}» программа отправляет сама, по электронной почте"
        raise Refusal(RefusalCode.INVALID, text)
    if not await doors_open(work):
        return []
    query = (
        select(Notice)
        .where(
            Notice.channel == channel,
            may_leave(work.now),
            _reached(work),
        )
        .order_by(Notice.id)
        .limit(limit)
    )
    return list(await work.session.scalars(query))


def may_leave(now: datetime) -> ColumnElement[bool]:
    """The notices that wait and whose time has come."""
    waits = and_(Notice.state == NoticeState.WRITTEN, Notice.sent_at.is_(None))
    return and_(waits, or_(Notice.send_at.is_(None), Notice.send_at <= now))


async def find_notices(work: Work, ids: Sequence[int]) -> list[Notice]:
    """These notices, locked, in the order of their ids.

    Refuses NOT_FOUND where one is missing, or beyond the reach of whoever delivers.
    """
    query = select(Notice).where(Notice.id.in_(ids), _reached(work)).order_by(Notice.id)
    query = query.with_for_update()
    notices = list(await work.session.scalars(query))
    if len(notices) != len(set(ids)):
        raise Refusal(RefusalCode.NOT_FOUND, "Одного из уведомлений нет")
    return notices


def _reached(work: Work) -> ColumnElement[bool]:
    """The notices of cases within the scope of whoever delivers."""
    reached = visible(work.actor, Permission.SEND_NOTICES)
    return Notice.appeal_id.in_(select(Appeal.id).where(reached))
