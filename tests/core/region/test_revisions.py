"""What revisions there are and what a database has, told as Alembic tells it."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from core.kernel.region import Region
from core.region.migrate import configured, connecting, migrate
from core.region.revisions import ROOT, Revision, folders, is_current, revisions
from tests.nets.schemas import schema


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
    own = revisions(known["polygon"]).values()
    assert [*own] == [Revision(frozenset(), frozenset({"core0014"}))]
    core = revisions(known["core"])
    assert core["core0015"] == Revision(frozenset({"core0014"}), frozenset())
    assert core["core0016"] == Revision(frozenset({"core0015"}), frozenset())


async def test_a_database_one_revision_behind_is_not_current(polygon: Region) -> None:
    assert await is_current(polygon)
    await stand_at(polygon, "core0014")
    assert not await is_current(polygon)


async def test_a_branch_stands_on_what_it_needs(kursk: Region) -> None:
    await migrate(kursk)
    async with kursk.database.reading() as session:
        rows = set(await session.scalars(text("SELECT version_num FROM alembic_version")))
    assert "municipal_0002" in rows
    assert await is_current(kursk)


@pytest.mark.parametrize("steps", [("core@core0014",), ("municipal@base", "core@base")])
async def test_what_is_taken_back_and_made_again_is_the_same(
    kursk: Region, steps: tuple[str, ...]
) -> None:
    before = await schema(kursk)
    async with connecting(kursk) as connection:
        for step in steps:
            await connection.run_sync(
                lambda c, to: command.downgrade(configured(c, kursk), to), step
            )
    left = await schema(kursk)
    assert {"column", "key", "index", "trigger"} <= {kind for kind, *_ in before}
    assert ("column", "decision", "seat") in before.keys() - left.keys()
    if "core@base" in steps:
        assert {table for _, table, _ in left} == {"alembic_version"}
    await migrate(kursk)
    assert await schema(kursk) == before


async def stand_at(region: Region, revision: str) -> None:
    """Say that the core's tables are at this revision."""
    async with region.database.writing() as session:
        change = "UPDATE alembic_version SET version_num = :new WHERE version_num LIKE 'core%'"
        await session.execute(text(change), {"new": revision})
