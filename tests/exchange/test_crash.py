"""An import killed without warning: what was committed stays, the rest comes in once."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.appeals.model import Appeal, LedgerEntry
from core.exchange.importing import BATCH
from core.regions import Region
from tests.conftest import OpenRegion

ROOT = Path(__file__).parents[2]
ROWS = 4 * BATCH
COMMAND = "import typer; from core.commands.exchange import import_; typer.run(import_)"
PATIENCE = 60


def importing(region: Region, source: Path) -> subprocess.Popen[str]:
    """`tsur import boston FILE --json` in a process of its own, on the test's database."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TSUR_REGIONS": "tests.regions.boston",
        "TSUR_DATA_DIR": str(source.parent / "state"),
        "TSUR_BOSTON_DATABASE_URL": region.database.url,
    }
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "boston", str(source), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        cwd=ROOT,
    )


async def count(region: Region) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count(Appeal.id))) or 0


async def committed(region: Region, process: subprocess.Popen[str]) -> int:
    """Wait until the process has committed something, but is not done."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if found := await count(region):
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("nothing was committed before the process ended")


@pytest.fixture
async def boston(open_test_region: OpenRegion) -> Region:
    return await open_test_region("tests.regions.boston")


async def test_kill_during_an_import(boston: Region, tmp_path: Path) -> None:
    source = tmp_path / "file.csv"
    rows = (f"{n},line-311,Не горит фонарь {n},2026-02-01" for n in range(ROWS))
    source.write_text("\n".join(["external_id,channel,text,received", *rows]), encoding="utf-8")
    first = importing(boston, source)
    try:
        survived = await committed(boston, first)
    finally:
        first.kill()
        first.communicate(timeout=PATIENCE)
    assert first.returncode == -9
    assert 0 < survived < ROWS
    assert await count(boston) % BATCH == 0

    second = importing(boston, source)
    printed, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert json.loads(printed) == {
        "read": ROWS,
        "added": ROWS,
        "known": 0,
        "differing": 0,
        "rejected": 0,
        "routed": 0,
    }
    async with boston.database.reading() as session:
        ids = (await session.scalars(select(Appeal.external_id).order_by(Appeal.id))).all()
        numbers = (await session.scalars(select(Appeal.number).order_by(Appeal.id))).all()
        facts = await session.scalar(select(func.count(LedgerEntry.id)))
    assert ids == [str(n) for n in range(ROWS)]
    assert [number.rpartition("-")[2] for number in numbers] == [
        f"{n:06}" for n in range(1, ROWS + 1)
    ]
    assert facts == 3 * ROWS
