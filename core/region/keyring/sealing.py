"""Sealing everything anew by the first key: in batches, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import func, select, update

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.keyring.service import SealedColumn, sealed_columns

BATCH = 500
MOST_PASSES = 5

Progress = Callable[[int, int], None]
"""Told how many rows of how many were looked at."""


async def seal_anew(region: Region, progress: Progress) -> int:
    """How many rows were sealed anew; passes go on until one finds nothing."""
    done = 0
    async with region.reading(system()) as work:
        columns = await sealed_columns(work.session)
    for _ in range(MOST_PASSES):
        found = 0
        for sealed in columns:
            found += await _pass(region, sealed, progress)
        done += found
        if not found:
            break
    return done


async def _pass(region: Region, sealed: SealedColumn, progress: Progress) -> int:
    rows, there = sealed.rows, sealed.value.is_not(None)
    async with region.reading(system()) as work:
        query = select(func.count()).select_from(rows).where(there)
        total = await work.session.scalar(query) or 0
    last, seen, changed = 0, 0, 0
    while True:
        async with region.work(system()) as work:
            next_ones = select(rows.c.id, sealed.value).where(there, rows.c.id > last)
            next_ones = next_ones.order_by(rows.c.id).limit(BATCH).with_for_update()
            batch = (await work.session.execute(next_ones)).all()
            for number, value in batch:
                changed += await _row(work, sealed, number, value)
        if not batch:
            return changed
        last, seen = batch[-1][0], seen + len(batch)
        progress(seen, max(total, seen))


async def _row(work: Work, sealed: SealedColumn, number: int, value: bytes) -> bool:
    """Seal a value by the first key; whether it was not so already."""
    first, *others = (Fernet(key) for key in work.keys.ring.data)
    rows = sealed.rows
    try:
        first.decrypt(value)
    except InvalidToken:
        try:
            anew = MultiFernet([first, *others]).rotate(value)
        except InvalidToken:
            text = f"Строка {number} таблицы {rows.name} запечатана ключом, которого здесь нет"
            raise Refusal(RefusalCode.INVALID, text) from None
        change = update(rows).where(rows.c.id == number).values({sealed.value.name: anew})
        await work.session.execute(change)
        return True
    return False
