"""What a code opens: the letters that were written to the applicant, and taking the appeal back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from core.appeals.citizen.codes import LIFETIME
from core.appeals.delivery.enclosed import enclosed, open_for_applicant, shown
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.links.model import Link, LinkCode
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.lifecycle import Fact
from core.attachments.model import Attachment
from core.attachments.opening import Opened
from core.kernel.access import Actor, Grant, Scope
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission
from core.kernel.keys import BadSignature
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work

NO_PAPERS = (NoticeKind.CODE, NoticeKind.SURVEY)


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter to the applicant (its text and files), or a document that he gave (its title)."""

    on: date
    name: str
    text: str | None
    files: Sequence[Attachment] = ()


async def read_papers(work: Work, link: Link) -> Sequence[Paper]:
    """The letters to the applicant and what he added, oldest first; materials of others are not.

    Those are shown by an official's decision alone (59-ФЗ, ст. 5 п. 2).
    """
    letters = select(Notice).where(
        Notice.appeal_id == link.appeal_id, Notice.kind.not_in(NO_PAPERS), shown()
    )
    papers = [
        Paper(
            local_date(row.written_at, work.zone),
            f"Письмо {NoticeKind(row.kind).label}",
            row.text,
            await enclosed(work, row.attachments),
        )
        for row in (await work.session.scalars(letters.order_by(Notice.id))).all()
    ]
    added = select(LedgerEntry).where(
        LedgerEntry.appeal_id == link.appeal_id, LedgerEntry.fact == Fact.SUPPLEMENTED
    )
    for row in await work.session.scalars(added.order_by(LedgerEntry.seq)):
        papers.append(Paper(local_date(row.at, work.zone), f"Ваш документ: {row.reason}", None))
    return sorted(papers, key=lambda paper: paper.on)


def ticket(work: Work, code: LinkCode) -> str:
    """What the page that a code has opened asks for files with: nobody else can make it."""
    return work.keys.seal({"code": code.id}).decode()


async def open_paper(work: Work, link: Link, said: str, attachment_id: int) -> Opened | None:
    """A file of the letters that a code has opened; None where its quarter of an hour has passed.

    Refuses as `open_for_applicant`.
    """
    try:
        number = work.keys.unseal(said.encode()).get("code")
    except BadSignature:
        return None
    code = await work.session.get(LinkCode, number)
    if code is None or code.link_id != link.id or code.used_at is None:
        return None
    if work.now > code.used_at + LIFETIME:
        return None
    return await open_for_applicant(work, link, attachment_id)


@serves(FZ59.cite("5.5"))
async def withdraw_by_code(work: Work, link: Link, code: LinkCode) -> Appeal:
    """End the consideration by the applicant's statement on the page, proved by a used code."""
    assert code.used_at is not None
    granted = frozenset({Permission.WITHDRAW})
    applicant = Actor(f"link:{link.id}", None, (Grant("applicant", 0, granted, Scope()),))
    reference = f"заявление на странице обращения, код № {code.id}"
    statement = Statement(stated_on=work.today, reference=reference)
    return await withdraw(replace(work, actor=applicant), link.appeal_id, statement)
