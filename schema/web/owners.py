"""Whose a file over HTTP is: of a case, a document, a request; each subject has its own rules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

from core.appeals import attachments as of_appeals
from core.appeals.tabulations import model as tabulations
from core.appeals.tabulations import service as of_tabulations
from core.attachments.incoming import Arrived
from core.attachments.kinds import Form, Origin
from core.attachments.model import Attachment
from core.attachments.opening import Opened
from core.attachments.store import Limits, owner_kind_of
from core.documents import attachments as of_documents
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.requests import materials as of_requests
from core.requests.model import KIND
from schema.graphql.ids import decode_id

Opening = Callable[[Work, int, Form | None, str | None], Awaitable[Opened]]
OPENED: Mapping[str, Opening] = {
    of_documents.KIND: of_documents.open_attachment,
    KIND: of_requests.open_attachment,
    tabulations.KIND: of_tabulations.open_attachment,
}
"""Who opens a file that is no case's, by the kind of its owner."""


async def opening_of(work: Work, number: int) -> Opening:
    """Who opens the attachment: its owner's subject, a case's where no other has it."""
    kind = await owner_kind_of(work, number)
    return OPENED.get(kind or "", of_appeals.open_attachment)


async def is_open_to_any(work: Work, number: int) -> bool:
    """Whether its owner is asked alone: an ordered table may be of what is open to everybody."""
    return await owner_kind_of(work, number) == tabulations.KIND


class ToAppeal(NamedTuple):
    """A case to which a file is added."""

    id: int

    async def require(self, work: Work, origin: Origin) -> None:
        """Refuse whoever may add none."""
        await of_appeals.require_attachable(work, self.id, origin)

    async def attach(
        self, work: Work, origin: Origin, arrived: Arrived, limits: Limits
    ) -> tuple[Attachment, bool]:
        """Keep the file with the case."""
        return await of_appeals.attach(work, self.id, origin, arrived, limits)


class ToDocument(NamedTuple):
    """A draft to which a file is added; whose it is, is not asked: it is the centre's own."""

    id: int

    async def require(self, work: Work, _origin: Origin) -> None:
        """Refuse whoever may add none."""
        await of_documents.require_attachable(work, self.id)

    async def attach(
        self, work: Work, _origin: Origin, arrived: Arrived, limits: Limits
    ) -> tuple[Attachment, bool]:
        """Keep the file with the draft."""
        return await of_documents.attach(work, self.id, arrived, limits)


class ToRequest(NamedTuple):
    """A request of materials that is answered by a file too."""

    id: int

    async def require(self, work: Work, _origin: Origin) -> None:
        """Refuse whoever may add none."""
        await of_requests.require_attachable(work, self.id)

    async def attach(
        self, work: Work, _origin: Origin, arrived: Arrived, limits: Limits
    ) -> tuple[Attachment, bool]:
        """Keep the file with the request."""
        return await of_requests.attach(work, self.id, arrived, limits)


To = ToAppeal | ToDocument | ToRequest


def addressed(said: str) -> To:
    """Whose a file is to be, by a global id; INVALID for none of them."""
    with suppress(Refusal):
        return ToDocument(decode_id(said, "Document"))
    with suppress(Refusal):
        return ToRequest(decode_id(said, "MaterialRequest"))
    return ToAppeal(decode_id(said, "Appeal"))
