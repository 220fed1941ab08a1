"""How often SQLite's thread is visited: once a statement, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from core.db.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite+aiosqlite:///{tmp_path / 'visits.db'}")
    async with made.writing() as session:
        await session.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE)"))
    yield made
    await made.close()


@contextmanager
def visits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the threads of connections are asked for meanwhile."""
    heard: list[str] = []
    asked: Any = aiosqlite.Connection._execute

    async def listened(self: Any, fn: Any, *args: Any, **options: Any) -> Any:
        heard.append(fn.__name__)
        return await asked(self, fn, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(aiosqlite.Connection, "_execute", listened)
        yield heard


async def test_a_statement_is_a_visit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with database.reading() as session:
        await session.execute(text("SELECT 1"))  # the connection is made
    with visits(monkeypatch) as heard:
        async with database.reading() as session:
            assert (await session.execute(text("SELECT 1, 'a' UNION SELECT 2, 'b'"))).all() == [
                (1, "a"),
                (2, "b"),
            ]
    assert heard == ["_visited", "rollback"]
    with visits(monkeypatch) as heard:
        async with database.writing() as session:
            for name in ("a", "b"):
                await session.execute(text("INSERT INTO t (a) VALUES (:a)"), {"a": name})
    assert heard == ["_visited", "_visited", "_visited", "commit"], "the lock, two rows, the end"


async def test_many_rows_and_their_number(database: Database) -> None:
    async with database.writing() as session:
        rows = [{"a": f"n{number}"} for number in range(5)]
        await session.execute(text("INSERT INTO t (a) VALUES (:a)"), rows)
        done = await session.execute(text("UPDATE t SET a = a || '!' WHERE id > 2"))
        assert done.rowcount == 3  # type: ignore[attr-defined]
    async with database.reading() as session:
        found = await session.scalars(text("SELECT a FROM t ORDER BY id"))
        assert list(found) == ["n0", "n1", "n2!", "n3!", "n4!"]


async def test_what_fails_is_told_and_undone(database: Database) -> None:
    async def twice() -> None:
        async with database.writing() as session:
            for _ in range(2):
                await session.execute(text("INSERT INTO t (a) VALUES ('same')"))

    with pytest.raises(IntegrityError):
        await twice()
    async with database.reading() as session:
        with pytest.raises(OperationalError):
            await session.execute(text("SELECT nothing FROM t"))
    async with database.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM t")) == 0


async def test_a_reader_sees_one_moment(database: Database) -> None:
    """It begins with the first statement, and what is written since is not seen."""
    async with database.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM t")) == 0
        async with database.writing() as other:
            await other.execute(text("INSERT INTO t (a) VALUES ('a')"))
        assert await session.scalar(text("SELECT count(*) FROM t")) == 0
    async with database.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM t")) == 1


async def test_a_stream_comes_row_by_row(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(
            text("INSERT INTO t (a) VALUES (:a)"), [{"a": str(n)} for n in range(200)]
        )
    async with database.reading() as session:
        stream = await session.stream(text("SELECT a FROM t ORDER BY id"))
        assert [row.a async for row in stream] == [str(n) for n in range(200)]
