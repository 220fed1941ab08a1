"""Materials: files that come with the answer to a request, and who opens them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.attachments import store
from core.attachments.incoming import Arrived
from core.attachments.kinds import Form, Origin
from core.attachments.model import Attachment
from core.attachments.opening import Opened, open_form
from core.attachments.store import Limits, Owner
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.requests.answering import open_request, visible
from core.requests.model import KIND, MaterialRequest


@serves(PRACTICE.cite("attachments"))
async def attach(
    work: Work, request_id: int, arrived: Arrived, limits: Limits
) -> tuple[Attachment, bool]:
    """Keep a file with a request that waits, for those who may answer it; whether it is a new one.

    Refuses as `open_request` does, FILES_TOO_MANY and FILE_TOO_BIG by the limits.
    """
    row = await open_request(work, request_id)
    return await store.add(work, Owner(KIND, row.id), Origin.OFFICIAL, arrived, limits)


async def require_attachable(work: Work, request_id: int) -> None:
    """Refuse whoever may add no file, before any byte of it is read."""
    await open_request(work, request_id)


@serves(PRACTICE.cite("attachments.unchecked"))
async def open_attachment(
    work: Work, attachment_id: int, form: Form | None = None, reason: str | None = None
) -> Opened:
    """A file of a request that the actor sees, journalled; refuses as `open_form` does."""
    query = (
        select(Attachment)
        .join(MaterialRequest, MaterialRequest.id == Attachment.owner_id)
        .where(Attachment.id == attachment_id, Attachment.owner_kind == KIND)
        .where(Attachment.erased_at.is_(None), visible(work.actor))
    )
    row = await work.session.scalar(query)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого вложения нет")
    return await open_form(work, row, form, reason, personal=True)


async def materials_of(work: Work, row: MaterialRequest) -> Sequence[Attachment]:
    """The files of a request that the actor sees."""
    return await store.attachments_of(work, Owner(KIND, row.id))


async def destroy_files(work: Work, request_id: int, reason: str) -> int:
    """Destroy every file of the request; how many attachments. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    return await store.erase(work, Owner(KIND, request_id), reason)
