"""A case that has files, and short words for what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.attachments import KIND, attach
from core.attachments.incoming import Incoming
from core.attachments.kinds import Form, Origin
from core.attachments.model import Attachment, AttachmentFile
from core.attachments.sealing import unsealed
from core.attachments.store import Limits, Owner, forms_of
from core.kernel.access import system
from core.kernel.incidents.model import Incident
from core.kernel.region import Region
from tests.core.appeals.conftest import Desk, desk

__all__ = ["Shelf", "desk", "shelf"]
WIDE = Limits(50_000_000, 100_000_000, 100)


@dataclass(frozen=True)
class Shelf:
    """The desk and a case."""

    desk: Desk
    appeal_id: int

    @property
    def region(self) -> Region:
        return self.desk.region

    @property
    def owner(self) -> Owner:
        return Owner(KIND, self.appeal_id)

    def at(self, **own: Any) -> Region:
        """The region under other settings."""
        return replace(self.region, own=self.region.own.model_copy(update=own))

    async def put(
        self, content: bytes, name: str = "a.pdf", *, strict: bool = True, limits: Limits = WIDE
    ) -> int:
        """A file of the case; its id."""
        incoming, new = Incoming(self.region.files, name, limits.file_bytes, strict=strict), False
        try:
            incoming.add(content)
            arrived = incoming.finish()
            async with self.region.work(system()) as work:
                row, new = await attach(work, self.appeal_id, Origin.OFFICIAL, arrived, limits)
        finally:
            if not new:
                incoming.drop()
        return row.id

    async def row(self, number: int) -> Attachment:
        async with self.region.database.reading() as session:
            return await session.get_one(Attachment, number)

    async def bytes_of(self, number: int) -> Mapping[Form, bytes]:
        """Every form of it as plain bytes."""
        async with self.region.reading(system()) as work:
            forms = await forms_of(work, number)
            keys = {form: work.keys.unseal_bytes(row.sealed) for form, row in forms.items()}
        files = self.region.files
        return {f: b"".join(unsealed(files.read(forms[f].file), keys[f])) for f in forms}

    async def stored(self) -> tuple[int, int]:
        """Rows of files, and files."""
        async with self.region.database.reading() as session:
            rows = len((await session.scalars(select(AttachmentFile.id))).all())
        folder = self.region.files.folder
        return rows, sum(one.is_file() for one in folder.rglob("*")) if folder.exists() else 0

    async def incidents(self) -> dict[str, bool]:
        """Those of files, and whether each is open."""
        async with self.region.database.reading() as session:
            query = select(Incident).where(Incident.key.startswith("attachments/"))
            return {row.key: row.resolved_at is None for row in await session.scalars(query)}


@pytest.fixture
async def shelf(desk: Desk) -> Shelf:
    taken = await desk.take()
    return Shelf(desk, taken.appeal_id)
