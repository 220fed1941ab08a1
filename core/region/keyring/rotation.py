"""Rotation of keys: new ones are put first, everything is sealed anew, old ones then step back.

Whatever is written is whole or not at all, and the new key is in its place before anything is
sealed by it; so an interruption at any point leaves all data readable, and the next run goes on.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from core.db.files import own_folder
from core.kernel.access import require, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keyfiles import write_file
from core.kernel.keyring import (
    KeyPlace,
    data_mark,
    new_data_key,
    new_signing_key,
    signing_mark,
)
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.keyring import at_rest
from core.region.keyring.model import KeyKind, KeyMark
from core.region.keyring.sealing import Progress, seal_anew
from core.region.keyring.service import remembered, settle

KEPT = 2
"""Data keys left in their file: the one that seals, and the one that a process may still hold."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a run did; `resumed` says that it went on with one that was interrupted."""

    rows: int
    resumed: bool
    own_keys: bool


async def rotate(region: Region, place: KeyPlace, progress: Progress) -> Rotated:
    """Put new keys first and seal everything anew; or go on where a run was interrupted.

    Keys that are given by settings are the operator's to change: their first one seals. Refuses
    INVALID where those are not changed, or another run is at work.
    """
    with _alone(place):
        await _settled(region)
        resumed = await _under_way(region)
        own = place.data_path is not None
        if not resumed:
            _begin(place)
            await _settled(region)
        if await _signs_as_before(region):
            _sign_anew(place)
            await _settled(region)
        rows = await seal_anew(region, progress)
        at_rest.seal_anew(place.folder, region.keys)
        await _finish(region, rows)
        _let_go(place)
        return Rotated(rows, resumed, own)


@contextmanager
def _alone(place: KeyPlace) -> Iterator[None]:
    """Nobody else rotates these keys meanwhile; the lock goes with the process."""
    own_folder(place.folder)
    with (place.folder / "rotation.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = "Смена ключей уже идёт в другом процессе"
            raise Refusal(RefusalCode.INVALID, text) from None
        yield


async def _settled(region: Region) -> None:
    """The keys as they lie now are those in use, and the database has met them."""
    region.keys.renew()
    async with region.work(system()) as work:
        await settle(work)


async def _under_way(region: Region) -> bool:
    """Whether not everything is known to be sealed by the first data key."""
    async with region.reading(system()) as work:
        first = data_mark(work.keys.ring.data[0])
        return (await _mark(work, KeyKind.DATA, first)).settled_at is None


async def _signs_as_before(region: Region) -> bool:
    """Whether the key that signs is older than the data key that is being brought in."""
    async with region.reading(system()) as work:
        ring = work.keys.ring
        data = await _mark(work, KeyKind.DATA, data_mark(ring.data[0]))
        signing = await _mark(work, KeyKind.SIGNING, signing_mark(ring.signing[0]))
        return signing.id < data.id


async def _mark(work: Work, kind: KeyKind, mark: str) -> KeyMark:
    query = select(KeyMark).where(KeyMark.kind == kind, KeyMark.mark == mark)
    return (await work.session.scalars(query)).one()


def _begin(place: KeyPlace) -> None:
    path = place.data_path
    if path is None:
        text = (
            "Ключ данных задан настройкой и уже действует: поставьте в ней новый ключ первым, "
            "прежний — вторым через запятую, и повторите"
        )
        raise Refusal(RefusalCode.INVALID, text)
    write_file(path, b",".join([new_data_key(), *place.read().data]))


def _sign_anew(place: KeyPlace) -> None:
    """A new key signs; former ones still check, so of them the public part is enough."""
    path = place.signing_path
    if path is not None:
        former = [key.as_pem(private=False) for key in place.read().signing]
        write_file(path, b"".join([new_signing_key(), *former]))


def _let_go(place: KeyPlace) -> None:
    """Drop data keys that nothing is sealed by and no process can hold any more."""
    path = place.data_path
    if path is not None:
        data = place.read().data
        if len(data) > KEPT:
            write_file(path, b",".join(data[:KEPT]))


async def _finish(region: Region, rows: int) -> None:
    """Former data keys are needed no more; signing keys always are, to check what they signed."""
    async with region.work(system()) as work:
        require(work.actor, Permission.OPERATE)
        first = data_mark(work.keys.ring.data[0])
        for row in await remembered(work.session):
            if row.kind == KeyKind.DATA and row.mark == first:
                row.settled_at = row.settled_at or work.now
            elif row.kind == KeyKind.DATA:
                row.retired_at = row.retired_at or work.now
        await work.record(Event("keys.rotated", f"keys:{first[:8]}", after={"rows": rows}))
