"""Attachments of an owner: added once each, found, and erased with everything of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from core.attachments.incoming import CLAUSE, Arrived
from core.attachments.kinds import CopyState, FileKind, Form, Origin, ScanState
from core.attachments.model import Attachment, AttachmentFile
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.settings import RegionSettings
from core.kernel.work import Work
from core.law.russian import volume

SCAN, COPY, DESTROY = "attachments.scan", "attachments.copy", "attachments.destroy"
"""Jobs: the antivirus, copies of pictures, files that nobody needs any more."""

MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Owner:
    """The row that files belong to: the kind is a table's name."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How large one file may be, how large and how many all of an owner."""

    file_bytes: int
    bytes: int
    files: int

    @classmethod
    def of(cls, own: RegionSettings) -> Limits:
        """By the region's settings."""
        return cls(own.file_max_bytes, own.case_max_bytes, own.case_max_files)


async def add(
    work: Work, owner: Owner, origin: Origin, arrived: Arrived, limits: Limits
) -> tuple[Attachment, bool]:
    """Keep the file for its owner, whose row the caller has locked; whether it is a new one.

    The very same bytes are kept once for an owner: then the first is given, and the caller drops
    what has arrived. Refuses FILES_TOO_MANY and FILE_TOO_BIG.
    """
    known = await attachments_of(work, owner)
    for row in known:
        if row.size == arrived.size and about(work, row)["digest"] == arrived.digest:
            return row, False
    if len(known) >= limits.files:
        text = f"Вложений уже {len(known)}: больше к одному делу не прилагают"
        raise Refusal(RefusalCode.FILES_TOO_MANY, text, CLAUSE)
    if sum(row.size for row in known) + arrived.size > limits.bytes:
        text = f"Все вложения вместе больше {volume(limits.bytes)}"
        raise Refusal(RefusalCode.FILE_TOO_BIG, text, CLAUSE)
    row = Attachment(
        owner_kind=owner.kind,
        owner_id=owner.id,
        origin=origin,
        name=arrived.name.name,
        given_name=arrived.name.given,
        kind=arrived.kind,
        size=arrived.size,
        hold=arrived.hold,
        state=ScanState.WAITING,
        scan_at=work.now,
        copy_state=CopyState.WAITING if arrived.kind.is_picture else CopyState.NONE,
        added_at=work.now,
        added_by=work.actor.subject,
        sealed=work.keys.seal(_said(arrived)),
    )
    work.session.add(row)
    await work.session.flush()
    put_form(work, row, Form.ORIGINAL, arrived)
    await work.session.flush()
    after = {"owner": f"{owner.kind}:{owner.id}", "origin": origin, "kind": arrived.kind}
    await work.record(Event("attachment.added", f"attachment:{row.id}", after=after))
    work.later(SCAN)
    if row.copy_state == CopyState.WAITING:
        work.later(COPY)
    return row, True


def put_form(work: Work, row: Attachment, form: Form, arrived: Arrived) -> None:
    """A form of the attachment, in the store already."""
    work.session.add(
        AttachmentFile(
            attachment_id=row.id,
            form=form,
            file=arrived.file,
            kind=arrived.kind,
            size=arrived.size,
            sealed=work.keys.seal_bytes(arrived.key),
        )
    )


async def attachments_of(work: Work, owner: Owner) -> Sequence[Attachment]:
    """Those that are not erased, the oldest first."""
    query = select(Attachment).where(
        Attachment.owner_kind == owner.kind,
        Attachment.owner_id == owner.id,
        Attachment.erased_at.is_(None),
    )
    return (await work.session.scalars(query.order_by(Attachment.id))).all()


async def owner_kind_of(work: Work, attachment_id: int) -> str | None:
    """The kind of the owner, as `Owner` has it; None where there is no such attachment."""
    query = select(Attachment.owner_kind).where(Attachment.id == attachment_id)
    kind: str | None = await work.session.scalar(query)
    return kind


async def forms_of(work: Work, attachment_id: int) -> Mapping[Form, AttachmentFile]:
    """The forms that there are."""
    query = select(AttachmentFile).where(AttachmentFile.attachment_id == attachment_id)
    return {Form(row.form): row for row in await work.session.scalars(query)}


def about(work: Work, row: Attachment) -> Mapping[str, object]:
    """What is known of the file beside what the row says: `digest`, and `entries` of an archive."""
    assert row.sealed is not None
    return work.keys.unseal(row.sealed)


async def erase(work: Work, owner: Owner, reason: str) -> int:
    """Destroy every file of the owner, originals, copies and previews; how many attachments.

    Their keys are gone with this transaction, so nothing reads the bytes any more; the bytes
    themselves are destroyed right after it.
    """
    rows = await attachments_of(work, owner)
    numbers = [row.id for row in rows]
    held = AttachmentFile.attachment_id.in_(numbers)
    names = list(await work.session.scalars(select(AttachmentFile.file).where(held)))
    await work.session.execute(delete(AttachmentFile).where(held))
    for row in rows:
        row.name = row.given_name = ""
        row.sealed = row.sealed_place = row.scan_at = None
        row.copy_state, row.erased_at = CopyState.NONE, work.now
        await work.record(Event("attachment.erased", f"attachment:{row.id}", reason))
    if names:
        work.later(DESTROY, {"files": names})
    return len(rows)


def _said(arrived: Arrived) -> dict[str, object]:
    listed = [[one.name, one.size] for one in arrived.entries[:MOST_LISTED]]
    more = max(0, len(arrived.entries) - MOST_LISTED)
    entries = {"entries": listed, "more": more} if arrived.kind is FileKind.ZIP else {}
    return {"digest": arrived.digest, **entries}
