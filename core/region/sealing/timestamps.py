"""Timestamps over heads: one who keeps neither the journal nor its keys says when it was so."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.doors.service import require_doors_open
from core.kernel.errors import Refusal
from core.kernel.extensions import Payload, Units
from core.kernel.incidents.service import raise_incident, resolve_standing
from core.kernel.keyfiles import write_file
from core.kernel.posting import Server
from core.kernel.sealing.model import SealHead
from core.kernel.sealing.seals import Sealing
from core.kernel.work import Work
from core.region.sealing.exports import FOLDER
from core.region.sealing.heads import latest_head

TIMESTAMPS = "timestamps"
OK = 200
INCIDENT = "journal:timestamp"
QUERY = {"content-type": "application/timestamp-query"}


class Provider(Protocol):
    """Whoever gives timestamps."""

    async def answer(self, query: bytes) -> bytes:
        """The answer to a query in DER; Refusal(INVALID) where there is none."""


@dataclass(frozen=True, slots=True)
class HttpProvider:
    """An authority that is asked over HTTP (RFC 3161, 3.4)."""

    server: Server

    async def answer(self, query: bytes) -> bytes:
        """Its answer, whatever it is worth; Refusal(UNAVAILABLE, INVALID) where it gives none."""
        status, given = await self.server.post(query, QUERY)
        if status != OK:
            raise Refusal(RefusalCode.INVALID, f"Служба меток времени не ответила: {status}")
        return given


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


async def run_stamp(units: Units, _payload: Payload) -> None:
    """Periodic job: have the head stamped where the settings name an authority.

    One that does not answer, or whose word is not good, is an incident.
    """
    url, roots = units.own.timestamp_url, units.own.timestamp_roots
    if url is None or roots is None:
        return
    provider = HttpProvider(Server(url, units.own.private_servers))
    try:
        async with units.reading(system()) as work:
            head = await latest_head(work.session)
            if head is not None and not _path(work.sealing, head.id).exists():
                await stamp(work, provider, roots.read_bytes())
    except (Refusal, OSError) as error:
        said = error.text if isinstance(error, Refusal) else type(error).__name__
        async with units.work(system()) as work:
            await raise_incident(work, INCIDENT, f"Метки времени нет: {said}")
    else:
        async with units.work(system()) as work:
            await resolve_standing(work, INCIDENT)


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


async def last_stamp(work: Work, roots: bytes) -> datetime | None:
    """When the newest head with a stamp was stamped; None where none is, or it does not hold."""
    folder = _path(work.sealing, 0).parent
    sizes = [int(one.stem) for one in folder.glob("*.tsr") if one.stem.isdigit()]
    head = await work.session.get(SealHead, max(sizes, default=0))
    return None if head is None else stamped(work.sealing, head.id, head.note, roots)


def _path(sealing: Sealing, size: int) -> Path:
    return sealing.folder / FOLDER / TIMESTAMPS / f"{size}.tsr"


def _means() -> Any:
    """The library takes a while to load, and hardly anybody asks for it."""
    return importlib.import_module("core.region.sealing.rfc3161")
