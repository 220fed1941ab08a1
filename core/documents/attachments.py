"""The port to files: whoever keeps them says what is attached to a document, by hash."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from core.documents.model import Document
from core.documents.printing.sheet import Attachment
from core.kernel.work import Work

Source = Callable[[Work, Document], Awaitable[Sequence[Attachment]]]

SOURCES: list[Source] = []
"""Who keeps files of documents; each is asked in this order when a version is frozen."""


async def attachments_of(work: Work, row: Document) -> list[Attachment]:
    """What is attached to the document now."""
    return [one for source in SOURCES for one in await source(work, row)]
