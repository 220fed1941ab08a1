"""What a version is: frozen text, the original that is shown, and the hash of all of it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from core.documents.model import Document, DocumentVersion
from core.documents.printing.sheet import Attachment, Printer, Sheet
from core.documents.rules.kinds import DocumentKind
from core.kernel.rules.passport import Passport
from core.kernel.work import Work

FORMAT = "tsur.document/1"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that two versions say otherwise: its name and both texts."""

    part: str
    before: str
    after: str


async def freeze(
    work: Work,
    row: Document,
    kind: DocumentKind,
    printer: Printer,
    attachments: Sequence[Attachment],
    ground: str | None = None,
) -> DocumentVersion:
    """Print the text as it stands and keep it with the hash of all that it is made of."""
    sheet = _sheet(work, row, kind, attachments, work.now)
    original = await asyncio.to_thread(printer.print, sheet)
    number = 1 + (await _last_number(work, row.id))
    files = [{"name": one.name, "digest": one.digest} for one in attachments]
    manifest = _manifest(
        {
            "format": FORMAT,
            "region": work.region,
            "document": row.id,
            "version": number,
            "kind": row.kind,
            "block": row.block,
            "title": row.title,
            "fields": row.fields,
            "attachments": files,
            "renderer": printer.renderer,
            "parts": dict(printer.parts),
            "original": hashlib.sha256(original).hexdigest(),
        }
    )
    frozen = DocumentVersion(
        document_id=row.id,
        number=number,
        title=row.title,
        fields=row.fields,
        attachments=files,
        wrote=row.wrote,
        manifest=manifest,
        digest=hashlib.sha256(manifest.encode()).hexdigest(),
        original=original,
        ground=ground,
        frozen_by=work.actor.subject,
        frozen_at=work.now,
    )
    work.session.add(frozen)
    await work.session.flush()
    return frozen


def sheet_of(work: Work, version: DocumentVersion, kind: DocumentKind) -> Sheet:
    """What is printed of a version that was frozen."""
    files = [Attachment(one["name"], one["digest"]) for one in version.attachments]
    return _sheet(work, version, kind, files, version.frozen_at)


def _sheet(
    work: Work,
    text: Document | DocumentVersion,
    kind: DocumentKind,
    attachments: Sequence[Attachment],
    moment: datetime,
) -> Sheet:
    return Sheet(
        centre=work.rules.get(Passport, "region", work.today).centre,
        kind=kind.name,
        title=text.title,
        fields=kind.fields,
        values=text.fields,
        moment=moment,
        attachments=attachments,
    )


def differences(
    before: DocumentVersion, after: DocumentVersion, names: Mapping[str, str]
) -> tuple[Difference, ...]:
    """What the later version says otherwise: title, fields under their names, attachments."""
    found = [Difference("Название", before.title, after.title)]
    for key in dict.fromkeys([*names, *before.fields, *after.fields]):
        old, new = (_words(one.fields.get(key)) for one in (before, after))
        found.append(Difference(names.get(key, key), old, new))
    files = (_files(one.attachments) for one in (before, after))
    found.append(Difference("Приложения", *files))
    return tuple(one for one in found if one.before != one.after)


def _manifest(said: Mapping[str, Any]) -> str:
    """Canonical: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


async def _last_number(work: Work, document_id: int) -> int:
    query = select(func.max(DocumentVersion.number))
    query = query.where(DocumentVersion.document_id == document_id)
    return await work.session.scalar(query) or 0


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(" | ".join(row) for row in value)
    return value or ""


def _files(attachments: Sequence[Mapping[str, str]]) -> str:
    return "\n".join(f"{one['name']} ({one['digest']})" for one in attachments)
