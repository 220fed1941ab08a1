"""Files that went with an answer: for whoever delivers its notice, and for the applicant.

Each is given as it left: of a picture the copy, which does not say where it was taken.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, or_, select

from core.appeals.delivery.enclosures import form_of
from core.appeals.model import Answer
from core.appeals.notices.links.model import Link
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.notices.states import NoticeState
from core.attachments.model import Attachment
from core.attachments.opening import Opened, open_form
from core.kernel.access import Actor, Grant, Scope, require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work

MISSING = "Такого вложения у этого уведомления нет"


@serves(FZ59.cite("6.2"))
async def release_enclosure(work: Work, notice_id: int, attachment_id: int) -> Opened:
    """A file of a notice for whoever sends it, journalled as its recipient is. Needs SEND_NOTICES.

    Refuses NOT_FOUND for what does not go with this notice, or with one that was taken back, and
    whatever `open_form` refuses.
    """
    require(work.actor, Permission.SEND_NOTICES)
    notice = await work.session.get(Notice, notice_id)
    if notice is None or notice.state == NoticeState.RECALLED:
        raise Refusal(RefusalCode.NOT_FOUND, MISSING)
    opened = await _open(work, attachment_id, notice.attachments)
    told = {"notice": notice.id, "attachment": attachment_id}
    await work.record(Event("notice.released", f"appeal:{notice.appeal_id}", after=told))
    return opened


async def open_for_applicant(work: Work, link: Link, attachment_id: int) -> Opened:
    """A file that was sent to the applicant, once a code has opened his letters; journalled.

    Refuses NOT_FOUND for any other file of the case, and whatever `open_form` refuses.
    """
    query = select(Notice.attachments).where(Notice.appeal_id == link.appeal_id, shown())
    sent = [one for ids in await work.session.scalars(query) for one in ids]
    applicant = Actor(f"link:{link.id}", None, (Grant("applicant", 0, frozenset(), Scope()),))
    return await _open(replace(work, actor=applicant), attachment_id, sent)


def shown() -> ColumnElement[bool]:
    """Notices whose text the applicant may read: not an answer that may still be taken back."""
    waits = and_(Notice.kind == NoticeKind.ANSWERED, Notice.sent_at.is_(None))
    return and_(Notice.state != NoticeState.RECALLED, or_(~waits, Notice.state.in_(LEAVING)))


LEAVING = (NoticeState.HANDING, NoticeState.UNCERTAIN)


async def enclosed(work: Work, ids: Collection[int]) -> Sequence[Attachment]:
    """The attachments of these ids that are not erased, in their order."""
    query = select(Attachment).where(Attachment.id.in_([*ids]), Attachment.erased_at.is_(None))
    rows = {row.id: row for row in await work.session.scalars(query)} if ids else {}
    return [rows[one] for one in ids if one in rows]


async def enclosed_with(work: Work, answer: Answer) -> Sequence[Attachment]:
    """What goes out, or went, with an answer."""
    return await enclosed(work, [int(one["attachment"]) for one in answer.attachments])


async def _open(work: Work, attachment_id: int, ids: Collection[int]) -> Opened:
    rows = await enclosed(work, [attachment_id]) if attachment_id in ids else ()
    if not rows:
        raise Refusal(RefusalCode.NOT_FOUND, MISSING)
    return await open_form(work, rows[0], form_of(rows[0]), None, personal=False)
