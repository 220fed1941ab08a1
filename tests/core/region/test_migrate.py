"""The tables that migrations leave, and what the database itself refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal, LedgerEntry
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.search import text_condition
from core.kernel.settings import Settings
from core.region.migrate import check, migrate
from core.region.opening import open_region
from core.region.revisions import is_current, require_current


async def test_migrations_give_the_tables_of_the_models(polygon: Region) -> None:
    await check(polygon)


async def test_an_empty_database_is_not_current(
    settings: Settings, polygon: Region, tmp_path: Path
) -> None:
    assert await is_current(polygon)
    bare = open_region("kursk", settings)
    assert not await is_current(bare)
    with pytest.raises(Refusal, match="tsur migrate") as refused:
        await require_current(bare)
    assert refused.value.code is RefusalCode.INVALID
    await migrate(bare)
    assert await is_current(bare)
    await bare.database.close()


async def test_a_region_has_its_own_tables_and_no_others(polygon: Region, kursk: Region) -> None:
    assert await tables(polygon) - await tables(kursk) == {"polygon_trial"}
    await check(kursk)  # although this process knows the other region's model


async def test_a_layer_switched_off_keeps_its_tables(polygon: Region) -> None:
    others = {name: path for name, path in polygon.versions.items() if name != "municipal"}
    less = replace(polygon, versions=others)
    assert await is_current(less)
    await migrate(less)
    assert "municipal_centre" in await tables(less)


async def test_migrating_twice_changes_nothing(polygon: Region) -> None:
    before = await written(polygon)
    await migrate(polygon)
    assert {"ministry", "office"} <= set(before)
    assert await written(polygon) == before


@pytest.mark.parametrize("table", ["journal", "ledger"])
@pytest.mark.parametrize("change", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
async def test_what_is_append_only_refuses_change(polygon: Region, table: str, change: str) -> None:
    await take_one_in(polygon)
    before = await actors(polygon)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        async with polygon.work(system()) as work:
            await work.session.execute(text(change.format(table)))
    assert set(before) == {"system"}
    assert await actors(polygon) == before


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO ledger (appeal_id, seq, fact, at, recorded_at, actor, data) "
        "SELECT appeal_id + 1, seq, fact, at, recorded_at, actor, data FROM ledger",
        "DELETE FROM appeal",
    ],
)
async def test_a_fact_and_its_appeal_stay_together(polygon: Region, change: str) -> None:
    await take_one_in(polygon)
    before = await actors(polygon)
    with pytest.raises(IntegrityError):
        async with polygon.work(system()) as work:
            await work.session.execute(text(change))
    assert await actors(polygon) == before
    assert await found(polygon, "яма")


async def test_the_search_follows_the_terms(polygon: Region) -> None:
    appeal_id = await take_one_in(polygon)
    assert await found(polygon, "яма") == [appeal_id]
    async with polygon.work(system()) as work:
        await work.session.execute(update(Appeal).values(terms="фонарь"))
    assert await found(polygon, "яма") == []
    assert await found(polygon, "фонари") == [appeal_id]


async def take_one_in(region: Region) -> int:
    """A case with facts in its ledger and entries in the journal."""
    async with region.work(system()) as work:
        taken = await take_in(work, NewAppeal("letter", "п-1", "На улице Полевой яма."))
    return taken.appeal_id


async def actors(region: Region) -> list[str]:
    """Who acted, as the ledger and the journal have it."""
    async with region.database.reading() as session:
        ledger = await session.scalars(select(LedgerEntry.actor).order_by(LedgerEntry.id))
        journal = await session.scalars(select(JournalEntry.actor).order_by(JournalEntry.id))
        return [*ledger, *journal]


async def written(region: Region) -> list[str]:
    """Keys of the bodies and names of the journal's entries."""
    async with region.database.reading() as session:
        keys = await session.scalars(select(Body.key).order_by(Body.id))
        names = await session.scalars(select(JournalEntry.name).order_by(JournalEntry.id))
        return [*keys, *names]


async def found(region: Region, query: str) -> list[int]:
    async with region.database.reading() as session:
        condition = text_condition(query, session.get_bind().dialect.name, Appeal.id, Appeal.terms)
        return list(await session.scalars(select(Appeal.id).where(condition)))


async def tables(region: Region) -> set[str]:
    """The tables of the region's database, those of the search left out."""
    async with region.database.connecting() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return {name for name in names if not name.startswith("appeal_fts")}
