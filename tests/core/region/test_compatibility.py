"""A program serves a newer database that was only expanded, and no other."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.commands.regions import ready
from core.directory.model import Person
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region import migrate
from core.region.backup.guard import require_recent
from core.region.backup.record import note_backup
from core.region.plan import _locks, planned
from core.region.revisions import is_current, require_current
from tests.core.region.backup.places import filled
from tests.core.region.test_revisions import stand_at
from tests.fixtures.clock import FrozenClock
from tests.places import ROOT

HEAD = max(f"core{path.name[:4]}" for path in (ROOT / "migrations/versions").glob("0*.py"))
NEWER = "База региона «polygon» новее программы: ревизии core9999 она не знает; обновите программу"


async def say(region: Region, statement: str) -> None:
    async with region.database.writing() as session:
        await session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "served"),
    [
        ("UPDATE compatibility SET number = 0", True),
        ("UPDATE compatibility SET number = 1 WHERE branch = 'core'", False),
        ("DELETE FROM compatibility", False),
    ],
)
async def test_a_newer_database_is_served_where_it_was_only_expanded(
    polygon: Region, statement: str, served: bool
) -> None:
    await stand_at(polygon, "core9999")
    await say(polygon, statement)
    assert await is_current(polygon) is served
    if served:
        await require_current(polygon)
    else:
        with pytest.raises(Refusal) as refused:
            await require_current(polygon)
        assert refused.value.text == NEWER


async def test_nothing_is_planned_for_a_current_database(polygon: Region) -> None:
    async with polygon.database.connecting() as connection:
        assert await connection.run_sync(planned, polygon) == []
    await stand_at(polygon, "core0026")
    async with polygon.database.connecting() as connection:
        found = await connection.run_sync(planned, polygon)
    assert [(one.revision, one.table, one.stop) for one in found][:2] == [
        ("core0027", "", False),
        ("core0028", "", False),
    ]
    assert {(one.revision, one.table) for one in found[2:]} >= {("core0029", "notice")}
    stops = {one.revision for one in found if one.stop}
    assert stops == set()


@pytest.mark.parametrize(
    ("statements", "locks"),
    [
        ("ALTER TABLE appeal ADD COLUMN a TEXT", {("appeal", "ACCESS EXCLUSIVE"): False}),
        ("ALTER TABLE appeal DROP COLUMN a", {("appeal", "ACCESS EXCLUSIVE"): True}),
        (
            "ALTER TABLE a RENAME COLUMN b TO c;\n\nCREATE INDEX ix_b ON b (c)",
            {("a", "ACCESS EXCLUSIVE"): True, ("b", "SHARE"): False},
        ),
        (
            "ALTER TABLE a ADD CONSTRAINT x FOREIGN KEY(b) REFERENCES b (id)",
            {("a", "SHARE ROW EXCLUSIVE"): False},
        ),
        ("UPDATE a SET b = 1", {("a", "ROW EXCLUSIVE"): False}),
        ("CREATE TRIGGER t AFTER INSERT ON a x", {("a", "SHARE ROW EXCLUSIVE"): False}),
        ("CREATE FUNCTION f() AS $$ UPDATE a SET b = 1 $$", {}),
        ("CREATE TABLE a (id INTEGER)", {}),
    ],
)
def test_the_lock_of_each_statement(statements: str, locks: dict[tuple[str, str], bool]) -> None:
    assert _locks(statements) == locks


async def test_an_upgrade_of_a_database_with_appeals_wants_a_young_copy(
    polygon: Region, tmp_path: Path, clock: FrozenClock
) -> None:
    await stand_at(polygon, "core0026")
    await require_recent(polygon)  # there is nothing in it
    await stand_at(polygon, HEAD)
    region = await filled(polygon, tmp_path / "home")
    await require_recent(region)  # there is nothing to be done to it
    await stand_at(region, "core0026")
    with pytest.raises(Refusal) as refused:
        await require_recent(region)
    assert refused.value.text == (
        "Копии региона «polygon» моложе суток нет: выполните tsur backup ПАПКА или обойдитесь "
        "без неё: tsur migrate --no-backup"
    )
    note_backup(tmp_path / "home", ["polygon"], region.now(), with_keys=False)
    await require_recent(region)
    clock.forward(hours=24)
    with pytest.raises(Refusal, match="моложе суток нет"):
        await require_recent(region)
    clock.moment -= timedelta(hours=1)
    await require_recent(region)


async def test_the_embedded_database_is_not_upgraded_without_one_either(
    polygon: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not polygon.database.is_sqlite:
        pytest.skip("a server's database is upgraded by tsur migrate alone")
    home = tmp_path / "home"
    region = await filled(polygon, home)
    await stand_at(region, "core0026")
    monkeypatch.setenv("TSUR_POLYGON_DATABASE_URL", polygon.database.url)
    settings = region.settings.model_copy(update={"regions": ("tests.grounds.polygon",)})
    with pytest.raises(Refusal, match="моложе суток нет"):
        async with ready(settings, "polygon"):
            pass
    assert not await is_current(region)
    await stand_at(region, HEAD)
    async with ready(settings, "polygon") as opened:
        assert await is_current(opened)


async def test_a_demo_wants_none(polygon: Region, tmp_path: Path) -> None:
    region = await filled(polygon, tmp_path / "home")
    async with region.work(system()) as work:
        work.session.add(Person(subject="demo-curator", name="Проверочный"))
    await stand_at(region, "core0026")
    await require_recent(region)


async def test_a_step_lets_others_pass_and_tries_again(
    polygon: Region, test_server: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if test_server is None:
        pytest.skip("нет TSUR_TEST_DATABASE_URL: у SQLite таких замков нет")
    assert "SET LOCAL lock_timeout = '3s'" in migrate.TAKE_TURNS
    monkeypatch.setattr(migrate, "TAKE_TURNS", ("SET LOCAL lock_timeout = '100ms'",))
    await stand_at(polygon, "core0027")
    await say(polygon, "DROP TABLE compatibility")

    async def held(seconds: float) -> None:
        async with polygon.database.writing() as session:
            await session.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
            locked.set()
            await asyncio.sleep(seconds)

    for pauses, seconds, done in (((0.05,), 1.0, False), ((0.05,) * 100, 0.5, True)):
        monkeypatch.setattr(migrate, "PAUSES", pauses)
        locked = asyncio.Event()
        holding = asyncio.create_task(held(seconds))
        await locked.wait()
        if done:
            await migrate._step(polygon, "core0028")
        else:
            with pytest.raises(DBAPIError):
                await migrate._step(polygon, "core0028")
        await holding
        async with polygon.database.reading() as session:
            standing = list(await session.scalars(text("SELECT version_num FROM alembic_version")))
        assert ("core0028" in standing) is done
