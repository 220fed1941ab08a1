"""An import killed without warning: what was committed stays, the rest comes in once."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.appeals.exchange.model import ImportRun
from core.appeals.intake.model import Counter
from core.appeals.model import Appeal, LedgerEntry
from core.db.database import Base
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.region.keyring.service import key_place
from tests.conftest import OpenRegion
from tests.fixtures.processes import Started, first_line, start
from tests.places import ROOT

BATCH = 500
"""A tenth of the product's: what a kill leaves does not depend on how many rows there are."""

ROWS = 4 * BATCH
COMMAND = f"""
import typer
from core.appeals.exchange import imports
from core.commands.exchange import import_
imports.BATCH = {BATCH}
typer.run(import_)
"""
TIMEOUT = 60

STOPPING = f"""
import time
from core.appeals.exchange import imports
async def stop(*_):
    print("written", flush=True)
    time.sleep({TIMEOUT})
imports.move = stop
{COMMAND}
"""
"""The same command, but it stands still between the last row of a batch and its commit."""


def importing(region: Region, source: Path, said: Path, command: str = COMMAND) -> Started:
    """`tsur import boston FILE --json` in a process of its own, on the test's database."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TSUR_REGIONS": "tests.grounds.boston",
        "TSUR_DATA_DIR": str(region.settings.data_dir),
        "TSUR_BOSTON_DATABASE_URL": region.database.url,
    }
    words = ("boston", str(source), "--json")
    with said.open("wb") as out, said.with_suffix(".errors").open("wb") as wrong:
        files = out.fileno(), wrong.fileno()
        return start(*words, env=env, cwd=ROOT, out=files, code=command)


async def count(region: Region, model: type[Base] = Appeal) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def committed(region: Region, process: Started) -> int:
    """Wait until the process has committed something, but is not done."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until and process.poll() is None:
        if found := await count(region):
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("nothing was committed before the process ended")


@pytest.fixture
async def boston(open_test_region: OpenRegion) -> Region:
    """With keys of its own beside its database, for a process that opens it anew."""
    region = await open_test_region("tests.grounds.boston")
    key_place(region).make()
    return region


def written(folder: Path, rows: int) -> Path:
    source = folder / "file.csv"
    lines = (f"{n},line-311,Не горит фонарь {n},2026-02-01" for n in range(rows))
    source.write_text("\n".join(["external_id,channel,text,received", *lines]), encoding="utf-8")
    return source


async def comes_in_whole(region: Region, source: Path, rows: int) -> None:
    """Another run of the import ends well, and everything is there once and in order."""
    said = source.with_name("again")
    assert importing(region, source, said).wait(TIMEOUT) == 0
    assert json.loads(said.read_text("utf-8")) == {
        "read": rows,
        "added": rows,
        "known": 0,
        "differing": 0,
        "rejected": 0,
        "routed": 0,
        "regimes": {"appeal": 0, "message": rows},
        "no_deadline": rows,
        "no_theme": rows,
        "registered_late": 0,
        "warned": 0,
        "warnings": [],
    }
    async with region.database.reading() as session:
        ids = (await session.scalars(select(Appeal.external_id).order_by(Appeal.id))).all()
        numbers = (await session.scalars(select(Appeal.number).order_by(Appeal.id))).all()
    assert ids == [str(n) for n in range(rows)]
    assert [number.rpartition("-")[2] for number in numbers] == [
        f"{n:06}" for n in range(1, rows + 1)
    ]
    assert await count(region, LedgerEntry) == 3 * rows


async def test_kill_during_an_import(boston: Region, tmp_path: Path) -> None:
    source = written(tmp_path, ROWS)
    first = importing(boston, source, tmp_path / "first")
    try:
        survived = await committed(boston, first)
    finally:
        first.kill()
        first.wait(TIMEOUT)
    assert first.returncode == -9
    assert 0 < survived < ROWS
    assert await count(boston) % BATCH == 0
    await comes_in_whole(boston, source, ROWS)


async def test_kill_between_the_last_row_of_a_batch_and_its_commit(
    boston: Region, tmp_path: Path
) -> None:
    source = written(tmp_path, BATCH + 2)
    before = await count(boston, JournalEntry)
    said = tmp_path / "first"
    first = importing(boston, source, said, STOPPING)
    try:
        assert await asyncio.to_thread(first_line, said, first, TIMEOUT) == "written"
    finally:
        first.kill()
        first.wait(TIMEOUT)
    assert [await count(boston, model) for model in (Appeal, LedgerEntry, Counter)] == [0, 0, 0]
    assert await count(boston, JournalEntry) == before
    async with boston.database.reading() as session:
        assert (await session.scalars(select(ImportRun.position))).all() == [0]
    await comes_in_whole(boston, source, BATCH + 2)
