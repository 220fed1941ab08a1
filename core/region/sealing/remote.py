"""Witnesses over HTTP: the latest head is brought to each, and what it signed is kept.

C2SP's tlog-witness: `add-checkpoint` takes a request, answers lines of cosignatures, or 409 with
the size that it has seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.doors.service import require_doors_open
from core.kernel.errors import Refusal
from core.kernel.extensions import Payload, Units
from core.kernel.incidents.service import raise_incident, resolve_standing
from core.kernel.posting import Server
from core.kernel.sealing.notes import BadNote, read_checkpoint, read_cosigner
from core.kernel.settings import RegionSettings
from core.region.sealing.heads import latest_head
from core.region.sealing.requests import keep_cosigned, request, seen_by

PLAIN = {"content-type": "text/plain; charset=utf-8"}
OK, CONFLICT = 200, 409
LONGEST_SIZE = 18


@dataclass(frozen=True, slots=True)
class Remote:
    """A witness elsewhere: its name and public key, and where it is asked."""

    name: str
    public: bytes
    server: Server


def remotes(own: RegionSettings) -> list[Remote]:
    """The witnesses of the region's settings, each `KEY ADDRESS`; Refusal(INVALID)."""
    return [_remote(one, private=own.private_servers) for one in own.witnesses]


async def countersigned(units: Units, remote: Remote) -> int:
    """Have the latest head cosigned and keep it; how many leaves it is over.

    What it has signed already is not asked for again. Refuses UNAVAILABLE where it does not answer,
    INVALID where it refuses, or has seen more than there is.
    """
    async with units.reading(system()) as work:
        await require_doors_open(work)
        head = await latest_head(work.session)
        seen = seen_by(work.sealing, remote.name)
    if head is None or head.id == seen:
        return seen
    size = await _brought(units, remote, seen)
    if size is None:
        raise Refusal(RefusalCode.INVALID, "Корень не подписан и со второго раза")
    return size


async def run_witnesses(units: Units, _payload: Payload) -> None:
    """Periodic job: bring the head to each witness; one that does not sign is an incident."""
    for remote in remotes(units.own):
        key = f"witness:{remote.name}"
        try:
            await countersigned(units, remote)
        except Refusal as refusal:
            async with units.work(system()) as work:
                await raise_incident(work, key, f"Свидетель «{remote.name}»: {refusal.text}")
        else:
            async with units.work(system()) as work:
                await resolve_standing(work, key)


def _remote(said: str, *, private: bool) -> Remote:
    key, _, url = said.partition(" ")
    try:
        name, public = read_cosigner(key)
    except BadNote as error:
        raise Refusal(RefusalCode.INVALID, f"«{key}» — не открытый ключ свидетеля") from error
    return Remote(name, public, Server(url.strip(), private))


async def _brought(units: Units, remote: Remote, seen: int) -> int | None:
    """Ask; where the witness has seen another size, once more from there."""
    for _ in range(2):
        async with units.reading(system()) as work:
            asked = await request(work, seen)
        status, answer = await remote.server.post(str(asked).encode(), PLAIN)
        if status == OK:
            async with units.reading(system()) as work:
                lines = answer.decode(errors="replace")
                keep_cosigned(work.sealing, asked.note, lines, remote.name, remote.public)
            return read_checkpoint(asked.note.text).size
        seen = _size(status, answer)
    return None


def _size(status: int, answer: bytes) -> int:
    """How many leaves the witness says it has seen; Refusal(INVALID) for any other answer."""
    said = answer.strip()
    if status != CONFLICT or not said.isdigit() or len(said) > LONGEST_SIZE:
        raise Refusal(RefusalCode.INVALID, f"Корень не подписан: ответ {status}")
    return int(said)
