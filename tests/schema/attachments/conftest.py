"""Short words for files over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import func, select

from core.attachments.model import Attachment, AttachmentFile
from core.kernel.journal import JournalEntry
from core.region.tokens import demo_token
from tests.schema.conftest import Api


@dataclass(frozen=True)
class Desk:
    """The API and where files are given and taken."""

    api: Api

    @property
    def path(self) -> str:
        return f"/{self.api.region.code}/attachments"

    def headers(self, role: str | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {demo_token(self.api.region, role)}"} if role else {}

    async def put(
        self,
        to: str,
        content: bytes | AsyncIterator[bytes],
        name: str = "письмо.pdf",
        *,
        role: str | None = "body-official",
        origin: str = "official",
        **headers: str,
    ) -> httpx.Response:
        own = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        said = own | self.headers(role) | {k.replace("_", "-"): v for k, v in headers.items()}
        asked = {"to": to, "origin": origin}
        return await self.api.http.post(self.path, params=asked, content=content, headers=said)

    async def get(
        self, number: str, *, role: str | None = "body-official", reason: str = "", form: str = ""
    ) -> httpx.Response:
        said = self.headers(role) | ({"X-Reason": quote(reason)} if reason else {})
        asked = {"form": form} if form else {}
        return await self.api.http.get(f"{self.path}/{number}", params=asked, headers=said)

    async def kept(self) -> tuple[int, ...]:
        """Rows of attachments, of their files, lines of the journal, and files in the folder."""
        folder = self.api.region.files.folder
        async with self.api.region.database.reading() as session:
            counts = [
                await session.scalar(select(func.count()).select_from(kind))
                for kind in (Attachment, AttachmentFile, JournalEntry)
            ]
        files = sum(path.is_file() for path in folder.rglob("*")) if folder.exists() else 0
        return (*(count or 0 for count in counts), files)

    async def lines(self, name: str) -> list[tuple[str, str, str | None]]:
        """Who did it to what and why."""
        async with self.api.region.database.reading() as session:
            query = select(JournalEntry).where(JournalEntry.name == name)
            rows = await session.scalars(query.order_by(JournalEntry.id))
            return [(row.actor, row.subject, row.cause) for row in rows]


@pytest.fixture
def files(api: Api) -> Desk:
    return Desk(api)
