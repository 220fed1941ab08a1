"""Files of a document: who adds and opens them, and what of them a version freezes."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from core.attachments import store
from core.attachments.incoming import Arrived
from core.attachments.kinds import Form, Origin
from core.attachments.model import Attachment
from core.attachments.opening import Opened, open_form
from core.attachments.store import Limits, Owner
from core.documents.approval import void
from core.documents.drafting import drafter, find_document, hand_of
from core.documents.kinds import procedure_of
from core.documents.model import Document, DocumentState
from core.documents.printing import sheet
from core.documents.printing.typesetting import require_printable
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work

KIND = Document.__tablename__


@serves(PRACTICE.cite("attachments"))
async def attach(
    work: Work, document_id: int, arrived: Arrived, limits: Limits
) -> tuple[Attachment, bool]:
    """Keep the file with the draft; whether it is a new one, which voids what was decided.

    Refuses whoever may not draft the document, FILE_TYPE for what may run commands or cannot be
    read through: it would be part of an original. FILES_TOO_MANY and FILE_TOO_BIG by the limits.
    """
    await _require_shown(arrived.name.name)
    if arrived.hold is not None:
        text = f"Файл не принимается как часть подлинника: {arrived.hold.label}"
        raise Refusal(RefusalCode.FILE_TYPE, text, PRACTICE.cite("attachments"))
    row = await find_document(work, document_id)
    procedure = await procedure_of(work, row.kind, work.today)
    acting = await drafter(work, procedure, row.block)
    kept, new = await store.add(work, Owner(KIND, row.id), Origin.OFFICIAL, arrived, limits)
    if new:
        await void(work, row)
        hand = hand_of(acting)
        row.wrote = row.wrote if hand in row.wrote else [*row.wrote, hand]
        row.state = DocumentState.DRAFT
        await work.session.flush()
        event = Event("document.edited", f"document:{row.id}", procedure.kind.clause.ref)
        await work.record(event)
    return kept, new


async def _require_shown(name: str) -> None:
    """Refuse FILE_NAME for a name with a sign that the original, which lists it, cannot show."""
    try:
        await asyncio.to_thread(require_printable, name)
    except Refusal as refusal:
        clause = PRACTICE.cite("attachments")
        raise Refusal(RefusalCode.FILE_NAME, refusal.text, clause) from None


async def require_attachable(work: Work, document_id: int) -> None:
    """Refuse whoever may add no file, before any byte of it is read."""
    row = await work.session.get(Document, document_id)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого документа нет")
    await drafter(work, await procedure_of(work, row.kind, work.today), row.block)


@serves(PRACTICE.cite("attachments.unchecked"))
async def open_attachment(
    work: Work, attachment_id: int, form: Form | None = None, reason: str | None = None
) -> Opened:
    """A file of a document, journalled. Needs READ_DOCUMENTS; refuses as `open_form` does."""
    require(work.actor, Permission.READ_DOCUMENTS)
    query = select(Attachment).where(
        Attachment.id == attachment_id,
        Attachment.owner_kind == KIND,
        Attachment.erased_at.is_(None),
    )
    row = await work.session.scalar(query)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого вложения нет")
    return await open_form(work, row, form, reason, personal=True)


async def attachments_of(work: Work, row: Document) -> list[sheet.Attachment]:
    """What is attached to the document now, as a version names it."""
    rows = await store.attachments_of(work, Owner(KIND, row.id))
    return [sheet.Attachment(one.name, str(store.about(work, one)["digest"])) for one in rows]
