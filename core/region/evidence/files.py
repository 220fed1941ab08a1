"""Attachments of a case: the bytes of those that may go, and what is said of the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from core.attachments.kinds import FileKind, Form, ScanState, Unchecked
from core.attachments.model import Attachment
from core.attachments.sealing import BrokenFile, unsealed
from core.attachments.store import Owner, about, forms_of
from core.kernel.acts.federal import PRACTICE
from core.kernel.files import Files
from core.kernel.journal import JOURNAL_FORM, JournalEntry
from core.kernel.work import Work
from core.region.evidence.case import Case

ERASED, FILES = "attachment.erased", PRACTICE.cite("attachments")
Kept = Callable[[Attachment], str | None]
"""Why an attachment may not be handed out; None where it may."""


async def attached(work: Work, owner: Owner) -> Sequence[Attachment]:
    """Every attachment that the owner ever had, erased ones too, the oldest first."""
    query = select(Attachment).where(
        Attachment.owner_kind == owner.kind, Attachment.owner_id == owner.id
    )
    return (await work.session.scalars(query.order_by(Attachment.id))).all()


async def acts_of(work: Work, rows: Sequence[Attachment]) -> Sequence[JournalEntry]:
    """The lines of the journal by which those of them that are no more were erased."""
    subjects = [f"attachment:{row.id}" for row in rows if row.erased_at is not None]
    query = select(JournalEntry).where(
        JournalEntry.name == ERASED, JournalEntry.subject.in_(subjects)
    )
    return (await work.session.scalars(query.order_by(JournalEntry.id))).all()


async def add_files(
    work: Work,
    files: Files,
    found: Case,
    rows: Sequence[Attachment],
    kept: Kept = lambda _row: None,
) -> None:
    """Put the originals in; say `erased` by which act, or `withheld` and why, of all others.

    Of what is erased or withheld for a person's sake no digest is told: it could be guessed by.
    """
    acts = {one.subject: one for one in await acts_of(work, rows)}
    for row in rows:
        act = acts.get(f"attachment:{row.id}")
        why = kept(row)
        if act is not None:
            place = f"{JOURNAL_FORM.table}:{act.id}"
            said = {"state": "erased", "act": place, "why": act.cause, "digest": None}
        elif why is not None:
            said = {"state": "withheld", "why": why, "digest": None}
        else:
            said = await _given(work, files, found, row)
        found.told["files"].append({"id": row.id, "act": None, **said})


async def _given(work: Work, files: Files, found: Case, row: Attachment) -> dict[str, Any]:
    digest = str(about(work, row)["digest"])
    if row.state == ScanState.INFECTED:
        return {"state": "withheld", "why": ScanState.INFECTED.label, "digest": digest}
    try:
        content = await _content(work, files, row)
    except (KeyError, FileNotFoundError, BrokenFile):
        return {"state": "withheld", "why": Unchecked.MISSING.label, "digest": digest}
    part = f"attachments/{row.id}.{FileKind(row.kind).value}"
    found.parts[part] = content
    return {"state": "given", "part": part, "digest": digest, "checked": row.state}


async def _content(work: Work, files: Files, row: Attachment) -> bytes:
    form = (await forms_of(work, row.id))[Form.ORIGINAL]
    pieces = unsealed(files.read(form.file), work.keys.unseal_bytes(form.sealed))
    return await asyncio.to_thread(b"".join, pieces)
