"""Through PgBouncer in transaction mode: no named statements, nothing asked at start."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from core.db.database import Database
from core.db.faults import told
from core.db.statements import Slot, compiled
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from core.region.figures import fold_all
from core.region.migrate import migrate
from core.region.revisions import is_current
from tests.conftest import OpenRegion
from tests.fixtures.pooler import PROGRAM, SERVERS, pooler

CLIENTS = 12

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="PgBouncer is not installed")


@pytest.fixture
def through(test_server: str | None, tmp_path: Path) -> Iterator[str]:
    if test_server is None:
        pytest.skip("no PostgreSQL server is named (TSUR_TEST_DATABASE_URL)")
    with pooler(test_server, tmp_path) as url:
        yield url


@pytest.fixture
async def pooled(open_test_region: OpenRegion, through: str) -> Region:
    """The polygon, its database reached through the pooler by more clients than servers."""
    direct = await open_test_region("tests.grounds.polygon")
    name = direct.database.url.rpartition("/")[2]
    url = through.rpartition("/")[0] + f"/{name}"
    return replace(direct, database=Database(url, pool_size=CLIENTS, pooled=True))


async def test_many_clients_read_and_write_on_few_servers(pooled: Region) -> None:
    database = pooled.database
    statement = compiled(select(Body.name).where(Body.key == Slot(0)), database.dialect)

    async def at_work(number: int) -> list[str]:
        async with pooled.work(system()) as work:
            work.session.add(Body(key=f"b{number}", name=f"Орган {number}", kind="other"))
            await work.session.flush()
            await fold_all(work)
        rows = await database.reader.fetch(statement.text, statement.values([f"b{number}"]))
        return [name for (name,) in rows]

    try:
        found = await asyncio.gather(*(at_work(number) for number in range(60)))
        assert found == [[f"Орган {number}"] for number in range(60)]
        async with database.reading() as session:
            assert await session.scalar(select(func.count()).where(Body.key.like("b%"))) == 60
            kept = await session.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
            setting = await session.scalar(text("SHOW jit"))
        assert (kept, setting) == (0, "off")
        number = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        (row,) = await database.reader.fetch(number, ())
        assert row[0] <= SERVERS + 3
        with pytest.raises(Exception, match="read-only"):
            await database.reader.fetch("DELETE FROM body", ())
    finally:
        await database.close()


async def test_migrations_go_through_it(pooled: Region) -> None:
    try:
        await migrate(pooled)
        assert await is_current(pooled)
    finally:
        await pooled.database.close()


async def test_without_the_setting_the_fault_names_it(pooled: Region) -> None:
    database = Database(pooled.database.url)
    with pytest.raises(Exception, match="unsupported startup parameter") as raised:
        async with database.connecting():
            pass
    await database.close()
    await pooled.database.close()
    said = told(raised.value, "TSUR_POLYGON_POOLED")
    assert said == "перед сервером стоит PgBouncer: задайте TSUR_POLYGON_POOLED=true"
