"""Writing notices in the step's own transaction; channels take them away and report back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.notices.links.service import issue_link
from core.appeals.notices.model import WITHOUT_LINK, Notice, NoticeKind
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.doors.service import doors_open, require_doors_open
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work


def write_notice(
    work: Work, appeal: Appeal, kind: NoticeKind, text: str, *, sent_at: datetime | None = None
) -> Notice:
    """Leave a notice to the applicant of this appeal, for the channel it came through.

    It carries the link of the appeal's page. One that went another way has been sent: no channel
    takes it, and it carries none.
    """
    notice = Notice(
        appeal_id=appeal.id,
        channel=appeal.channel,
        kind=kind,
        text=text,
        written_at=work.now,
        sent_at=sent_at,
    )
    work.session.add(notice)
    if sent_at is None and kind not in WITHOUT_LINK:
        issue_link(work, appeal, notice)
    return notice


@serves(RU_1844.cite("4.б.4.channels"))
async def pending_notices(work: Work, channel: str, limit: int = 100) -> list[Notice]:
    """The oldest notices of a channel that were not sent yet; none while the doors are closed.

    Needs SEND_NOTICES.
    """
    require(work.actor, Permission.SEND_NOTICES)
    if not await doors_open(work):
        return []
    query = (
        select(Notice)
        .where(Notice.channel == channel, Notice.sent_at.is_(None))
        .order_by(Notice.id)
        .limit(limit)
    )
    return list(await work.session.scalars(query))


async def confirm_notices(work: Work, ids: Sequence[int]) -> list[Notice]:
    """Mark notices as sent; those sent before stay as they were. Needs SEND_NOTICES.

    Refuses WRONG_STATE while the doors are closed: numbers of another copy mean other notices.
    """
    require(work.actor, Permission.SEND_NOTICES)
    await require_doors_open(work)
    notices = list(await work.session.scalars(select(Notice).where(Notice.id.in_(ids))))
    if len(notices) != len(set(ids)):
        raise Refusal(RefusalCode.NOT_FOUND, "Одного из уведомлений нет")
    for notice in notices:
        notice.sent_at = notice.sent_at or work.now
    return notices
