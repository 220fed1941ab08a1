"""Who writes on SQLite waits in the process, in the order of coming, and not at the file's lock."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import event, text

from core.db.database import Database

WRITERS = 16


async def test_writers_take_turns_on_one_connection(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'writers.db'}")
    made: list[object] = []
    event.listen(database._writing.sync_engine, "connect", lambda raw, _record: made.append(raw))
    async with database.writing() as session:
        await session.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, writer INTEGER)"))

    async def write(number: int) -> None:
        async with database.writing() as session:
            await session.execute(text("INSERT INTO t (writer) VALUES (:n)"), {"n": number})

    await asyncio.gather(*map(write, range(WRITERS)))
    async with database.reading() as session:
        found = await session.scalars(text("SELECT writer FROM t ORDER BY id"))
        assert found.all() == [*range(WRITERS)]
    assert len(made) == 1
    await database.close()
