"""The files of a version: its one original, and what is derived of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core.documents.copies import archive_copy, marked_copy, working_file
from core.documents.model import DocumentVersion
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.russian import Code


class Paper(Code):
    """As what a version is given."""

    ORIGINAL = "original", "подлинник"
    COPY = "copy", "копия с отметками"
    ARCHIVE = "archive", "копия для архива, не подлинник"
    DOCX = "docx", "файл для работы, не подлинник"


@dataclass(frozen=True, slots=True)
class Given:
    """Bytes and the name under which they are saved."""

    content: bytes
    name: str


@serves()
async def paper_of(work: Work, document_id: int, number: int, paper: Paper) -> Given:
    """A version of a document as a file. Needs READ_DOCUMENTS; NOT_FOUND for no such version."""
    require(work.actor, Permission.READ_DOCUMENTS)
    query = select(DocumentVersion.id, DocumentVersion.original).where(
        DocumentVersion.document_id == document_id, DocumentVersion.number == number
    )
    found = (await work.session.execute(query)).one_or_none()
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Версии {number} у документа нет")
    name = f"document-{document_id}-v{number}"
    if paper is Paper.ORIGINAL:
        return Given(found.original, f"{name}.pdf")
    if paper is Paper.COPY:
        return Given(await marked_copy(work, found.id), f"{name}-copy.pdf")
    if paper is Paper.ARCHIVE:
        return Given(await archive_copy(work, found.id), f"{name}-archive.pdf")
    return Given(await working_file(work, found.id), f"{name}.docx")
