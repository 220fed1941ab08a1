"""What revisions there are and what a database has, told as Alembic tells it."""

from __future__ import annotations

from alembic.script import ScriptDirectory
from sqlalchemy import text

from core.kernel.region import Region
from core.region.migrate import migrate
from core.region.revisions import ROOT, Revision, folders, is_current, revisions


async def test_the_revisions_are_those_that_alembic_finds(polygon: Region) -> None:
    known = folders(polygon)
    script = ScriptDirectory(
        str(ROOT / "migrations"), version_locations=[*map(str, known.values())]
    )
    found = {
        revision.revision: Revision(
            frozenset(revision._versioned_down_revisions),
            frozenset(revision._resolved_dependencies),
        )
        for revision in script.walk_revisions()
    }
    assert {k: v for folder in known.values() for k, v in revisions(folder).items()} == found
    assert revisions(known["core"])["core0002"] == Revision(frozenset({"core0001"}), frozenset())


async def test_a_database_one_revision_behind_is_not_current(polygon: Region) -> None:
    assert await is_current(polygon)
    await stand_at(polygon, "core0001")
    assert not await is_current(polygon)


async def test_a_revision_from_the_future_is_not_current(polygon: Region) -> None:
    await stand_at(polygon, "core9999")
    assert not await is_current(polygon)


async def test_a_branch_stands_on_what_it_needs(kursk: Region) -> None:
    await migrate(kursk)
    async with kursk.database.reading() as session:
        rows = set(await session.scalars(text("SELECT version_num FROM alembic_version")))
    assert "municipal_0002" in rows
    assert await is_current(kursk)


async def stand_at(region: Region, revision: str) -> None:
    """Say that the core's tables are at this revision."""
    async with region.database.writing() as session:
        change = "UPDATE alembic_version SET version_num = :new WHERE version_num LIKE 'core%'"
        await session.execute(text(change), {"new": revision})
