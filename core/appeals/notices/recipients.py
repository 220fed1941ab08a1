"""To whom a notice goes: told to whoever sends it alone, with a line in the journal each time."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice, NoticeKind, Recipient
from core.appeals.notices.service import write_notice
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work


@dataclass(frozen=True, slots=True, repr=False)
class Addressee:
    """Who is written to and where: an address of any kind, as the applicant gave it."""

    name: str | None
    address: str | None


async def keep_recipient(work: Work, notice: Notice, addressee: Addressee) -> None:
    """Seal to whom the notice goes, once; it must be stored already."""
    query = select(Recipient.id).where(Recipient.notice_id == notice.id)
    if await work.session.scalar(query) is None:
        sealed = work.keys.seal(asdict(addressee))
        work.session.add(Recipient(notice_id=notice.id, sealed=sealed, sealed_at=work.now))
        await work.session.flush()


@serves(FZ59.cite("6.2"))
async def release_recipient(work: Work, notice: Notice) -> Addressee:
    """To whom the notice goes; the journal keeps that it was told. Needs SEND_NOTICES."""
    require(work.actor, Permission.SEND_NOTICES)
    told = {"notice": notice.id}
    await work.record(Event("notice.released", f"appeal:{notice.appeal_id}", after=told))
    return await recipient_of(work, notice)


async def nobody_to_tell(work: Work, appeal: Appeal) -> bool:
    """Whether the author of an anonymous appeal left no address: no letter finds him (11 ч. 1)."""
    return appeal.unanswered_by is not None and not (await author_of(work, appeal)).address


async def tell(work: Work, appeal: Appeal, kind: NoticeKind, text: str) -> None:
    """Write the applicant a notice, unless there is nobody to tell."""
    if not await nobody_to_tell(work, appeal):
        write_notice(work, appeal, kind, text)


async def recipient_of(work: Work, notice: Notice) -> Addressee:
    """The one that was kept for this notice, else whoever the appeal is answered to."""
    query = select(Recipient.sealed).where(Recipient.notice_id == notice.id)
    sealed = await work.session.scalar(query)
    if sealed is not None:
        return Addressee(**work.keys.unseal(sealed))
    return await author_of(work, await work.session.get_one(Appeal, notice.appeal_id))


async def author_of(work: Work, appeal: Appeal) -> Addressee:
    """Whoever the appeal is answered to, as it says."""
    if appeal.applicant_id is None:
        return Addressee(None, None)
    applicant = await work.session.get_one(Applicant, appeal.applicant_id)
    contact = Contact(**work.keys.unseal(applicant.sealed))
    return Addressee(contact.answer_to, contact.contact or contact.address)
