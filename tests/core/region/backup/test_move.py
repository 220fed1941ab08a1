"""A region moves from SQLite to PostgreSQL whole, proved, however often it is broken off."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.db.database import Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.backup.conversion import convert
from core.region.backup.move import cancel, move
from core.region.migrate import check
from core.region.revisions import require_current
from tests.core.region.backup.places import ROWS, filled
from tests.core.region.backup.test_kills import killed
from tests.core.region.keyring.test_at_rest import reopened, silent
from tests.fixtures.clock import FrozenClock
from tests.fixtures.databases import SqliteFiles, put_vault
from tests.fixtures.rollups import require_proof
from tests.nets.dumps import connected

CODE = "tests.grounds.polygon"
SERVER = os.environ.get("TSUR_TEST_DATABASE_URL")
pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif(SERVER is None, reason="нет TSUR_TEST_DATABASE_URL"),
]
Compiled = Callable[[str], Region]


@pytest.fixture(scope="module")
def files(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(templates, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
async def source(
    files: SqliteFiles,
    templates: Path,
    compiled: Compiled,
    settings: Settings,
    clock: FrozenClock,
    tmp_path: Path,
) -> Region:
    """The region on SQLite in its folder, with a few appeals."""
    fresh = Database(await files.fresh(CODE))
    region = replace(compiled(CODE), settings=settings, database=fresh, clock=clock)
    put_vault(templates, region.folder)
    done = await filled(region, tmp_path / "source")
    await fresh.close()
    file = tmp_path / "source" / "polygon" / "tsur.db"
    shutil.move(make_url(fresh.url).database or "", file)
    return replace(done, database=Database(f"sqlite+aiosqlite:///{file}"))


@pytest.fixture
async def target(source: Region) -> AsyncIterator[Region]:
    """The same region on an empty database of the server."""
    assert SERVER is not None
    name = f"tsur_test_{os.getpid()}_move"
    async with connected(SERVER) as server:
        await server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    database = Database(url)
    yield replace(source, database=database)
    await database.close()
    async with connected(SERVER) as server:
        await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def refused(source: Region, target: Region) -> str:
    with pytest.raises(Refusal) as told:
        await move(source, target, lambda done, total: None)
    return told.value.text


async def test_everything_is_there_and_the_source_is_served_no_more(
    source: Region, target: Region
) -> None:
    told: list[tuple[int, int]] = []
    done = await move(source, target, lambda *one: told.append(one))
    assert (done.again, told[-1]) == (False, (done.rows, done.rows))
    assert done.rows > 3 * ROWS
    await require_current(target)
    await check(target)
    await require_proof(target, ledgers=True, folded=True)
    async with target.work(system()) as work:
        taken = await take_in(work, NewAppeal("letter", "new", "На улице Полевой яма."))
        assert taken.appeal_id == ROWS + 1
    assert (await move(source, target, lambda done, total: None)).again
    await source.database.close()
    with pytest.raises(Refusal, match="перенесена или переносится в "):
        await require_current(source)
    await cancel(source)
    await require_current(source)
    await source.database.close()


async def test_a_sealed_file_moves_like_any_other(source: Region, target: Region) -> None:
    region = reopened(source, sealed=True)
    assert convert(region, silent)
    assert (await move(region, target, silent)).rows > 3 * ROWS
    await require_proof(target, ledgers=True, folded=True)
    assert (await move(region, target, silent)).again
    await region.database.close()


async def test_a_file_that_somebody_has_open_is_not_moved(source: Region, target: Region) -> None:
    path = Path(make_url(source.database.url).database or "")
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM appeal").fetchone()
        assert await refused(source, target) == (
            "Базу региона «polygon» держит другой процесс: остановите tsur serve и tsur worker "
            "на время переноса"
        )


async def test_a_target_with_tables_is_left_as_it_is(source: Region, target: Region) -> None:
    async with target.database.writing() as session:
        await session.execute(text("CREATE TABLE another (id int)"))
    assert "уже есть таблицы: переносят в пустую" in await refused(source, target)


async def test_a_move_that_is_killed_goes_on(source: Region, target: Region) -> None:
    folder = source.settings.data_dir.parent
    told = await killed("moves", source, folder / "copies", target)
    for one in told:
        assert one["died"] == -signal.SIGKILL, one
        assert (one["ended"], one["early"], one["served"]) == (0, False, True), one
        assert one["rows"]["appeal"] == ROWS, one
        assert one["rows"]["arrival"] == 1, one
    assert len({tuple(sorted(one["rows"].items())) for one in told}) == 1
