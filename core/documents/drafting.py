"""Writing a document: begun and changed by those whom its kind lets draft it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.directory.parties import Entry, Held
from core.documents.approval import void
from core.documents.kinds import Procedure, procedure_of
from core.documents.model import Document, DocumentState
from core.documents.rules.content import faults
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import filled
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.chains.rules import Acting
from core.structure.blocks import load_blocks

LONGEST_TITLE = 300
MOST_BYTES = 1_000_000
"""Of all fields together."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to be begun; `block` is the key of the block that it is about."""

    kind: str
    title: str
    fields: Mapping[str, Any]
    block: str | None = None


@serves()
async def draft(work: Work, new: NewDocument) -> Document:
    """Begin a document of a kind. Refuses NOT_PROVIDED where the kind is none or off (R21).

    FORBIDDEN for whoever may not draft it, INVALID for what the kind has no field for.
    """
    procedure = await procedure_of(work, new.kind, work.today)
    clause = procedure.kind.clause
    await _check_block(work, procedure, new.block)
    acting = await drafter(work, procedure, new.block)
    _check_content(procedure, new.title, new.fields)
    row = Document(
        kind=procedure.kind.key,
        title=new.title.strip(),
        block=new.block,
        fields=dict(new.fields),
        wrote=[hand_of(acting)],
        owner=acting.subject,
        state=DocumentState.DRAFT,
        current_id=None,
        in_force_id=None,
        told_edition=None,
        created_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    await work.record(Event("document.drafted", f"document:{row.id}", clause.ref))
    return row


@serves()
async def edit(
    work: Work, document_id: int, revision: int, title: str, fields: Mapping[str, Any]
) -> Document:
    """Change the text; whatever was decided on a version that is under way is void by it.

    What is in force stays so until the new version has gone the whole chain. Refuses STALE where
    another has changed it since `revision`.
    """
    row = await find_document(work, document_id)
    procedure = await procedure_of(work, row.kind, work.today)
    acting = await drafter(work, procedure, row.block)
    require_revision(row, revision, procedure.kind.clause)
    _check_content(procedure, title, fields)
    await void(work, row)
    row.title, row.fields = title.strip(), dict(fields)
    row.wrote = [*row.wrote, *(one for one in [hand_of(acting)] if one not in row.wrote)]
    row.state = DocumentState.DRAFT
    await work.session.flush()
    await work.record(Event("document.edited", f"document:{row.id}", procedure.kind.clause.ref))
    return row


async def find_document(work: Work, document_id: int) -> Document:
    """The document, locked until the end of the work; NOT_FOUND when there is none."""
    found = await work.session.get(
        Document, document_id, with_for_update=True, populate_existing=True
    )
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого документа нет")
    return found


async def drafter(work: Work, procedure: Procedure, block: str | None) -> Acting:
    """Who writes: a holder of today of one of the kind's roles, in the document's block."""
    held = await entry_of(work, block).held()
    return drafting(work, held, procedure, block)


def drafting(work: Work, held: tuple[Held, ...], procedure: Procedure, block: str | None) -> Acting:
    """The same of what the actor holds."""
    return entry_of(work, block).as_role(held, procedure.kind.drafters, procedure.kind.clause)


def entry_of(work: Work, block: str | None = None) -> Entry:
    """How a document of the block is entered."""
    blocks = (block,) if block is not None else ()
    return Entry(work, Permission.MANAGE_DOCUMENTS, blocks=blocks, by_norm=True)


def require_revision(row: Document, revision: int, clause: Clause) -> None:
    """Refuse STALE to whoever has not seen the text as it stands."""
    if row.revision != revision:
        text = "Проект документа с тех пор изменили: прочтите его заново"
        raise Refusal(RefusalCode.STALE, text, clause)


async def _check_block(work: Work, procedure: Procedure, block: str | None) -> None:
    kind = procedure.kind
    if kind.of_block != (block is not None):
        text = (
            "Документ этого вида готовят по отраслевому блоку: назовите блок"
            if kind.of_block
            else "Документ этого вида не относится к одному блоку"
        )
        raise Refusal(RefusalCode.INVALID, text, kind.clause)
    if block is not None:
        (await load_blocks(work.session, work.rules)).get(block, work.today)


def _check_content(procedure: Procedure, title: str, fields: Mapping[str, Any]) -> None:
    clause = procedure.kind.clause
    if not filled(title, LONGEST_TITLE):
        text = f"Нужно название, не длиннее {LONGEST_TITLE} знаков"
        raise Refusal(RefusalCode.INVALID, text, clause)
    if len(repr(dict(fields)).encode(errors="replace")) > MOST_BYTES:
        raise Refusal(RefusalCode.TOO_MUCH, "Содержание документа слишком велико", clause)
    found = next(faults(procedure.kind.fields, fields, whole=False), None)
    if found is not None:
        raise Refusal(RefusalCode.INVALID, found, clause)


def hand_of(acting: Acting) -> list[Any]:
    """Who wrote, as a document remembers it: person, whom he stands in for, subject."""
    return [acting.person_id, acting.on_behalf_id, acting.subject]
