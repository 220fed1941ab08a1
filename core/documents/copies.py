"""What is derived of a version: the copy with marks, for an archive, for work. None an original."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.directory.model import Person
from core.documents.certificates import stamp_of
from core.documents.detached import CHAIN, signer_of
from core.documents.kinds import procedure_of
from core.documents.model import (
    VERSION,
    Document,
    DocumentLetter,
    DocumentReceipt,
    DocumentSignature,
    DocumentVersion,
    SignaturePart,
)
from core.documents.printing.editable import editable
from core.documents.printing.marking import Approval, Mark, Marks, marked
from core.documents.printing.sheet import Sheet
from core.documents.printing.typesetting import archived, typesetter
from core.documents.rules.kinds import DocumentDeed
from core.documents.versions import sheet_of
from core.kernel.access import require
from core.kernel.codes import Authority, Permission
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord
from core.shapes.chains.service import decisions

FOR_ARCHIVE = "Копия для архива, не подлинник"
WORDS = {DocumentDeed.APPROVE: "УТВЕРЖДАЮ", DocumentDeed.AGREE: "СОГЛАСОВАНО"}
BY_ACT = {DocumentDeed.APPROVE: "УТВЕРЖДЕНО", DocumentDeed.AGREE: "СОГЛАСОВАНО"}


@serves()
async def marked_copy(work: Work, version_id: int) -> bytes:
    """PDF: the original's pages with the marks of approval, number and signatures.

    Marks stand by ГОСТ Р 7.0.97. Needs READ_DOCUMENTS.
    """
    require(work.actor, Permission.READ_DOCUMENTS)
    version = await work.session.get_one(DocumentVersion, version_id)
    row = await work.session.get_one(Document, version.document_id)
    query = select(DocumentVersion.original).where(DocumentVersion.id == version_id)
    original = (await work.session.scalars(query)).one()
    taken = (await work.session.scalars(decisions(VERSION, version_id))).all()
    marks = Marks(
        title=version.title,
        registration=await _registration(work, version),
        source=(
            f"Копия версии {version.number} с отпечатком {version.digest}.",
            f"Подлинник — файл PDF, SHA-256 {sha256(original).hexdigest()}.",
        ),
        approval=await _approval(work, taken) if row.in_force_id == version_id else None,
        decisions=[await _mark(work, one) for one in taken],
    )
    return await asyncio.to_thread(marked, original, marks, version.frozen_at)


@serves()
async def working_file(work: Work, version_id: int) -> bytes:
    """DOCX of a version, marked as no original. Needs READ_DOCUMENTS."""
    sheet, source = await _derived(work, version_id)
    return await asyncio.to_thread(editable, sheet, source)


@serves()
async def archive_copy(work: Work, version_id: int) -> bytes:
    """PDF/A-1a of a version, marked as no original. Needs READ_DOCUMENTS."""
    sheet, source = await _derived(work, version_id)
    typesetter()
    return await asyncio.to_thread(archived, sheet, f"{FOR_ARCHIVE}. {source}.")


async def _derived(work: Work, version_id: int) -> tuple[Sheet, str]:
    """What is set anew, and of which version it is."""
    require(work.actor, Permission.READ_DOCUMENTS)
    version = await work.session.get_one(DocumentVersion, version_id)
    row = await work.session.get_one(Document, version.document_id)
    kind = (await procedure_of(work, row.kind, _day(work, version.frozen_at))).kind
    return sheet_of(work, version, kind), f"Версия {version.number}, отпечаток {version.digest}"


async def _registration(work: Work, version: DocumentVersion) -> Sequence[str]:
    """The last number of the portal, else that of the letter beside the record."""
    receipts = select(DocumentReceipt).where(DocumentReceipt.version_id == version.id)
    receipt = (await work.session.scalars(receipts.order_by(DocumentReceipt.id.desc()))).first()
    if receipt is not None:
        return (f"№ {receipt.number}", f"от {receipt.on:%d.%m.%Y}")
    letters = select(DocumentLetter).where(DocumentLetter.version_id == version.id)
    letter = (await work.session.scalars(letters.order_by(DocumentLetter.id.desc()))).first()
    if letter is None:
        return ()
    return (f"письмо № {letter.number}", f"от {letter.dated:%d.%m.%Y}")


async def _approval(work: Work, taken: Sequence[DecisionRecord]) -> Approval | None:
    last = next((one for one in reversed(taken) if one.deed in WORDS and one.agreed), None)
    if last is None:
        return None
    deed = DocumentDeed(last.deed)
    if not last.in_person:
        return Approval(BY_ACT[deed], (Authority(last.party).label, last.ground or ""))
    who, day = await _who(work, last), _day(work, last.at)
    return Approval(WORDS[deed], (Authority(last.party).label, who, f"{day:%d.%m.%Y}"))


async def _mark(work: Work, one: DecisionRecord) -> Mark:
    said = DocumentDeed(one.deed).label if one.agreed else f"не {DocumentDeed(one.deed).label}"
    moment = one.at.astimezone(work.zone)
    lines = [f"Решил: {await _who(work, one)}", f"Дата: {moment:%d.%m.%Y %H:%M}"]
    lines += [f"Основание: {one.ground}"] if one.ground else []
    lines += [f"Причина: {one.reason}"] if one.reason else []
    clause = work.rules.clause(one.clause)
    lines += [f"Норма: {clause.title}"] if clause else []
    query = select(DocumentSignature).where(DocumentSignature.decision_id == one.id)
    signature = await work.session.scalar(query)
    lines += await _stamp(work, signature) if signature is not None else []
    return Mark(f"{Authority(one.party).label.capitalize()} {said}", lines)


async def _stamp(work: Work, signature: DocumentSignature) -> list[str]:
    """The stamp: the phrase of ГОСТ Р 7.0.97, then the certificate where there is one."""
    said = ["Документ подписан электронной подписью", f"Вид: {SignatureKind(signature.kind).label}"]
    query = select(SignaturePart.content).where(
        SignaturePart.signature_id == signature.id, SignaturePart.name == CHAIN
    )
    chain = await work.session.scalar(query)
    return said if chain is None else [*said, *stamp_of(signer_of(chain), work.zone)]


async def _who(work: Work, one: DecisionRecord) -> str:
    """«X за Y» where one stood in for another (R62)."""
    names = []
    for number in (one.person_id, one.on_behalf_id):
        person = await work.session.get(Person, number) if number is not None else None
        if person is not None:
            names.append(person.name)
    return " за ".join(names) or one.actor


def _day(work: Work, moment: datetime) -> date:
    return local_date(moment, work.zone)
