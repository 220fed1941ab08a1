"""Sealing everything anew by the first key: in batches, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import TableClause, func, select, update

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.keyring.service import SEALED, sealed_tables

BATCH = 500
MOST_PASSES = 5

Progress = Callable[[int, int], None]
"""Told how many rows of how many were looked at."""


async def seal_anew(region: Region, progress: Progress) -> int:
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
