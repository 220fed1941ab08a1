"""Attachments of a case: who adds them, who opens them, and how they are destroyed with it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from core.appeals.content import may_read, open_cases, record_reading
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.step import Step
from core.attachments import store
from core.attachments.incoming import Arrived
from core.attachments.kinds import Form, Origin
from core.attachments.model import Attachment
from core.attachments.opening import Opened, open_form
from core.attachments.store import Limits, Owner
from core.kernel.access import Actor, require
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause

KIND = Appeal.__tablename__


def _rule(key: str, permission: Permission, clause: Clause) -> Transition:
    return Transition.anywhere(key, permission, Fact.SUPPLEMENTED, clause)


RULES = {
    Origin.APPLICANT: _rule("attach-of-applicant", Permission.TAKE_IN, FZ59.cite("7.2")),
    Origin.OFFICIAL: _rule("attach", Permission.ANSWER, PRACTICE.cite("attachments")),
}
"""Who may add whose files: intake what the applicant has sent, the executor what is his own."""


@serves(FZ59.cite("7.2"))
async def attach(
    work: Work, appeal_id: int, origin: Origin, arrived: Arrived, limits: Limits
) -> tuple[Attachment, bool]:
    """Keep the file with the case, as it came; whether it is a new one. No term changes.

    The applicant's needs TAKE_IN, an official's ANSWER. Refuses as `open_case` does, and
    FILES_TOO_MANY and FILE_TOO_BIG.
    """
    case = await require_attachable(work, appeal_id, origin)
    return await store.add(work, case, origin, arrived, limits)


async def require_attachable(work: Work, appeal_id: int, origin: Origin) -> Owner:
    """The case, locked, as an owner of files; refuses whoever may add none to it."""
    rule = RULES[origin]
    case = await Step(rule.key, (), lambda _work: rule).open(work, appeal_id)
    return Owner(KIND, case.appeal.id)


@serves(FZ59.cite("6.2"), PRACTICE.cite("attachments.unchecked"))
async def open_attachment(
    work: Work, attachment_id: int, form: Form | None = None, reason: str | None = None
) -> Opened:
    """The file for whoever may read the case, journalled as its reading is. Needs READ_CONTENT.

    The original of a picture needs READ_PERSONAL_DATA besides. Refuses NOT_FOUND, and whatever
    `open_form` refuses.
    """
    row = await find_attachment(work, attachment_id)
    case = await work.session.get_one(Appeal, row.owner_id)
    personal = work.actor.may(Permission.READ_PERSONAL_DATA, case)
    opened = await open_form(work, row, form, reason, personal=personal)
    await record_reading(work, [case.id])
    return opened


async def find_attachment(work: Work, attachment_id: int) -> Attachment:
    """The attachment of a case that is open to the actor; NOT_FOUND for any other."""
    require(work.actor, Permission.READ_CONTENT)
    query = select(Attachment).where(Attachment.id == attachment_id, readable(work.actor))
    row = await work.session.scalar(query)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого вложения нет")
    return row


def readable(actor: Actor) -> ColumnElement[bool]:
    """The attachments that stand with cases whose content is open to the actor."""
    kept = and_(Attachment.owner_kind == KIND, Attachment.erased_at.is_(None))
    return and_(kept, open_cases(actor, Attachment.owner_id))


async def attachments_of(work: Work, appeal: Appeal, ids: list[int]) -> list[Attachment]:
    """These attachments of the case, in this order; NOT_FOUND where one is not of it."""
    rows = {row.id: row for row in await store.attachments_of(work, Owner(KIND, appeal.id))}
    if not may_read(work.actor, appeal) or not rows.keys() >= set(ids):
        raise Refusal(RefusalCode.NOT_FOUND, "Такого вложения у этого обращения нет")
    return [rows[one] for one in ids]


async def destroy_files(work: Work, appeal_id: int, reason: str) -> int:
    """Destroy every file of the case: originals, copies and previews; how many attachments."""
    require(work.actor, Permission.OPERATE)
    return await store.erase(work, Owner(KIND, appeal_id), reason)
