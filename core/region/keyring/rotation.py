"""Rotation of keys: new ones are put first, everything is sealed anew, old ones then step back.

Whatever is written is whole or not at all, and the new key is in its place before anything is
sealed by it; so an interruption at any point leaves all data readable, and the next run goes on.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import TableClause, func, select, update

from core.kernel.access import require, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keyring import (
    KeyPlace,
    data_mark,
    new_data_key,
    new_signing_key,
    signing_mark,
    write_file,
)
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.keyring.model import KeyKind, KeyMark
from core.region.keyring.service import SEALED, remembered, sealed_tables, settle

BATCH = 500
MOST_PASSES = 5
KEPT = 2
"""Data keys left in their file: the one that seals, and the one that a process may still hold."""

Progress = Callable[[int, int], None]


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
        rows = await _seal_anew(region, progress)
        await _finish(region, rows)
        _let_go(place)
        return Rotated(rows, resumed, own)


@contextmanager
def _alone(place: KeyPlace) -> Iterator[None]:
    """Nobody else rotates these keys meanwhile; the lock goes with the process."""
    place.folder.mkdir(parents=True, exist_ok=True)
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


async def _seal_anew(region: Region, progress: Progress) -> int:
    """How many rows were sealed anew; passes go on until one finds nothing."""
    done = 0
    async with region.reading(system()) as work:
        tables = await sealed_tables(work.session)
    for _ in range(MOST_PASSES):
        found = 0
        for table in tables:
            found += await _pass(region, table, progress)
        done += found
        if not found:
            break
    return done


async def _pass(region: Region, table: TableClause, progress: Progress) -> int:
    async with region.reading(system()) as work:
        total = await work.session.scalar(select(func.count()).select_from(table)) or 0
    last, seen, changed = 0, 0, 0
    while True:
        async with region.work(system()) as work:
            query = select(table.c.id, table.c[SEALED]).where(table.c.id > last)
            batch = query.order_by(table.c.id).limit(BATCH).with_for_update()
            rows = (await work.session.execute(batch)).all()
            for number, sealed in rows:
                changed += await _row(work, table, number, sealed)
        if not rows:
            return changed
        last, seen = rows[-1][0], seen + len(rows)
        progress(seen, max(total, seen))


async def _row(work: Work, table: TableClause, number: int, sealed: bytes) -> bool:
    """Seal a row by the first key; whether it was not so already."""
    first, *others = (Fernet(key) for key in work.keys.ring.data)
    try:
        first.decrypt(sealed)
    except InvalidToken:
        try:
            anew = MultiFernet([first, *others]).rotate(sealed)
        except InvalidToken:
            text = f"Строка {number} таблицы {table.name} запечатана ключом, которого здесь нет"
            raise Refusal(RefusalCode.INVALID, text) from None
        change = update(table).where(table.c.id == number).values({SEALED: anew})
        await work.session.execute(change)
        return True
    return False


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
