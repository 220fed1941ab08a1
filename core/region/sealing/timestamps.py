"""Timestamps over heads: one who keeps neither the journal nor its keys says when it was so."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import httpx

from core.kernel.codes import RefusalCode
from core.kernel.doors.service import require_doors_open
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.sealing.seals import Sealing
from core.kernel.work import Work
from core.region.sealing.exports import FOLDER
from core.region.sealing.heads import latest_head

TIMESTAMPS = "timestamps"
DEADLINE_SECONDS = 20.0
MOST_BYTES = 100_000
QUERY = {"content-type": "application/timestamp-query"}


class Provider(Protocol):
    """Whoever gives timestamps."""

    async def answer(self, query: bytes) -> bytes:
        """The answer to a query in DER; Refusal(INVALID) where there is none."""


@dataclass(frozen=True, slots=True)
class HttpProvider:
    """An authority that is asked over HTTP (RFC 3161, 3.4)."""

    url: str

    async def answer(self, query: bytes) -> bytes:
        """One deadline over the whole; the answer has its bound, and nobody is redirected."""
        try:
            async with asyncio.timeout(DEADLINE_SECONDS), httpx.AsyncClient() as client:
                asked = client.stream("POST", self.url, content=query, headers=QUERY)
                async with asked as response:
                    response.raise_for_status()
                    return await _bounded(response)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
            text = f"Служба меток времени не ответила: {type(error).__name__}"
            raise Refusal(RefusalCode.INVALID, text) from None


async def stamp(work: Work, provider: Provider, roots: bytes) -> datetime:
    """Have the latest head stamped and keep the answer; when it was. Refusal(INVALID) for none.

    Nothing is asked while the doors of a restored database are closed.
    """
    head = await latest_head(work.session)
    if head is None:
        raise Refusal(RefusalCode.INVALID, "Журнал ещё не запечатан: подписанного корня нет")
    await require_doors_open(work)
    content, means = head.note.encode(), _means()
    given = await provider.answer(means.query(content))
    at: datetime | None = means.stamped_at(content, given, roots)
    if at is None:
        raise Refusal(RefusalCode.INVALID, "Метка времени не та: чужая подпись или другой корень")
    write_file(_path(work.sealing, head.id), given)
    return at


def query(content: bytes) -> bytes:
    """A request for the authority's word that these bytes are there now."""
    asked: bytes = _means().query(content)
    return asked


def stamped(sealing: Sealing, size: int, note: str, roots: bytes) -> datetime | None:
    """When the head over so many leaves was stamped; None where no stamp of it holds."""
    path = _path(sealing, size)
    if not path.exists():
        return None
    at: datetime | None = _means().stamped_at(note.encode(), path.read_bytes(), roots)
    return at


def _path(sealing: Sealing, size: int) -> Path:
    return sealing.folder / FOLDER / TIMESTAMPS / f"{size}.tsr"


def _means() -> Any:
    """The library takes a while to load, and hardly anybody asks for it."""
    return importlib.import_module("core.region.sealing.rfc3161")


async def _bounded(response: httpx.Response) -> bytes:
    content = b""
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise ValueError("too large an answer")
    return content
