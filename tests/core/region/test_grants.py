"""Roles on PostgreSQL: what is sealed the runtime only adds to, the eraser only destroys in."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import func, make_url, select, text

from core.appeals.duplicates.model import LikeGroup, LikeMark
from core.appeals.erasing.model import Erasure
from core.appeals.erasing.orders import hold, lift
from core.appeals.model import Appeal
from core.attachments.model import AttachmentFile
from core.db.database import Base, Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.erasing.carrying import carry_out
from core.region.grants import grants
from core.region.sealing.jobs import run_seal
from core.sessions import drafts
from core.sessions.model import Draft, SavedView
from core.sessions.views import save_view
from tests.core.appeals.conftest import Desk, desk
from tests.core.region.erasing.planted import lived, needles
from tests.core.region.erasing.test_erasing import ordered, tables_with

__all__ = ["desk"]

RUNTIME, ERASER = f"tsur_runtime_{os.getpid()}", f"tsur_eraser_{os.getpid()}"
PASSWORD = "of-the-test"
ADDS = (
    "INSERT INTO journal (at, actor, name, subject, before, after)"
    " SELECT at, actor, name, subject, before, after FROM journal LIMIT 1",
    "INSERT INTO seal_head SELECT id + 1000, root, edge, at, algorithm, note FROM seal_head",
    "UPDATE answer SET sent_at = NULL",
    "DELETE FROM seal_waiting",
)
CHANGES = (
    "UPDATE journal SET actor = 'x'",
    "UPDATE journal SET cause = NULL, salts = NULL",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "UPDATE ledger SET reason = NULL",
    "DELETE FROM answer",
    "UPDATE seal_leaf SET fault = NULL",
    "DELETE FROM seal_head",
    "UPDATE decision SET actor = 'x'",
    "UPDATE document_version SET title = 'x'",
    "DELETE FROM rating_version",
    "DELETE FROM evidence_package",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_refuse_change ON journal",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = 'x'",
    "CREATE TABLE mine (id int)",
)
DESTROYS = (
    "UPDATE journal SET cause = NULL, salts = NULL",
    "UPDATE ledger SET reason = NULL, salts = NULL",
    "UPDATE answer SET text = '', evidence = '[]', signed_digest = NULL, salts = NULL",
    "UPDATE appeal SET text = '', terms = ''",
    "UPDATE note SET text = ''",
)
OTHERWISE = (
    "UPDATE journal SET cause = 'other words'",
    "UPDATE journal SET actor = 'x'",
    "UPDATE ledger SET fact = 'x'",
    "UPDATE answer SET outcome = 'x'",
    "UPDATE appeal SET state = 'x'",
    "UPDATE seal_leaf SET digest = ''",
    "DELETE FROM journal",
    "DELETE FROM seal_leaf",
    "INSERT INTO ledger SELECT * FROM ledger",
)


@pytest.fixture
async def granted(desk: Desk) -> AsyncIterator[asyncpg.Connection]:
    region: Region = desk.region
    if region.database.is_sqlite:
        pytest.skip("SQLite knows no roles")
    await desk.closed()
    await run_seal(region, {})
    address = region.database.url.replace("+asyncpg", "")
    connection = await asyncpg.connect(address)
    for role in (RUNTIME, ERASER):
        await connection.execute(f"CREATE ROLE {role}")
    try:
        async with region.database.writing() as session:
            for statement in [*grants(RUNTIME, ERASER), *grants(RUNTIME, ERASER)]:
                await session.execute(text(statement))
        yield connection
    finally:
        await connection.execute("RESET ROLE")
        for role in (RUNTIME, ERASER):
            await connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
        await connection.close()


async def allowed(connection: asyncpg.Connection, role: str, statement: str) -> bool:
    """Whether the role may do it; it is undone."""
    turn = connection.transaction()
    await turn.start()
    try:
        await connection.execute(f"SET LOCAL ROLE {role}")
        await connection.execute(statement)
    except (asyncpg.InsufficientPrivilegeError, asyncpg.RestrictViolationError):
        return False
    finally:
        await turn.rollback()
    return True


async def test_each_role_does_its_own_and_nothing_else(granted: asyncpg.Connection) -> None:
    for role, can, cannot in ((RUNTIME, ADDS, CHANGES), (ERASER, DESTROYS, OTHERWISE)):
        told = {one: await allowed(granted, role, one) for one in (*can, *cannot)}
        assert told == {**dict.fromkeys(can, True), **dict.fromkeys(cannot, False)}


@asynccontextmanager
async def as_role(region: Region, role: str) -> AsyncIterator[Region]:
    """The region as a process sees it that has come in under this role."""
    url = make_url(region.database.url).set(username=role, password=PASSWORD)
    database = Database(url.render_as_string(hide_password=False))
    try:
        yield replace(region, database=database)
    finally:
        await database.close()


@pytest.mark.clause("fz152/21.4")
async def test_the_eraser_carries_out_a_whole_order(
    granted: asyncpg.Connection, desk: Desk
) -> None:
    region = desk.region
    number = await lived(desk, 1)
    desk.clock.at(2032, 3, 1)
    await drafts.keep(region, "official", f"appeals/{number}/step/answer", {"text": "…"}, None)
    await save_view(region, "official", number, "my?overdue=1")
    async with region.work(system()) as work:
        first_id = await work.session.scalar(select(Appeal.id).where(Appeal.number == number))
        first = LikeGroup(first_id=first_id, first_at=work.now, last_at=work.now, size=1)
        work.session.add(first)
        await work.session.flush()
        work.session.add(LikeMark(mark=1, group_id=first.id))
    gone = Draft, SavedView, AttachmentFile, LikeMark
    assert 0 not in [await _number(region, model) for model in gone]
    for role in (ERASER, RUNTIME):
        await granted.execute(f"ALTER ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
    async with as_role(region, ERASER) as own:
        async with own.work(system()) as work:
            await hold(work, number, "спор в суде")
            await lift(work, number)
        act = await ordered(own, [number])
        await carry_out(own, act)
        async with own.reading(system()) as work:
            assert (await work.session.get_one(Erasure, act)).done_at is not None
    assert await tables_with(region, needles([1])) == {}
    assert {model: await _number(region, model) for model in gone} == dict.fromkeys(gone, 0)


async def _number(region: Region, model: type[Base]) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("names", [("a", "a"), ("A", "b"), ("a; DROP", "b"), ("", "b")])
def test_other_names_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(Refusal, match="два разных имени"):
        list(grants(*names))
