"""Two versions of a document side by side."""

from __future__ import annotations

from sqlalchemy import select

from core.documents.model import Document, DocumentVersion
from core.documents.rules.kinds import DocumentKind
from core.documents.versions import Difference, differences
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work


@serves()
async def compare(work: Work, document_id: int, before: int, after: int) -> tuple[Difference, ...]:
    """What version `after` says otherwise than version `before`. Needs READ_DOCUMENTS."""
    require(work.actor, Permission.READ_DOCUMENTS)
    old, new = [await _version(work, document_id, number) for number in (before, after)]
    row = await work.session.get_one(Document, document_id)
    rules = (rule for rule in work.rules.history(DocumentKind) if rule.key == row.kind)
    names = {field.key: field.name for rule in rules for field in rule.fields}
    return differences(old, new, names)


async def _version(work: Work, document_id: int, number: int) -> DocumentVersion:
    query = select(DocumentVersion).where(
        DocumentVersion.document_id == document_id, DocumentVersion.number == number
    )
    found = await work.session.scalar(query)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Версии {number} у документа нет")
    return found
