"""SIGKILL at any point: what is there is whole, and the next run comes to the same.

TSUR_TEST_KILLS says at how many points each is killed; few by default, for each takes its time.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.kernel.region import Region
from core.region.backup.archive import save
from core.region.backup.sqlite import file_of
from tests.core.region.backup.places import KILLS, SECRET, empty, filled
from tests.fixtures.processes import tsur
from tests.places import ROOT

KILLED = """
import json, sys
from tests.core.region.backup.killed import main
main(json.loads(sys.argv[1]))
"""


async def killed(what: str, source: Region, folder: Path, place: Region) -> list[dict[str, Any]]:
    """What became of each attempt."""
    on_a_server = not source.database.is_sqlite
    said = {
        "what": what,
        "wanted": KILLS,
        "copies": str(folder),
        "source": str(source.settings.data_dir),
        "source_url": source.database.url if on_a_server else None,
        "place": str(place.settings.data_dir),
        "place_url": None if place.database.is_sqlite else place.database.url,
    }
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TSUR_")},
        "PYTHONPATH": str(ROOT),
        "TSUR_REGIONS": "tests.grounds.polygon",
    }
    done = await asyncio.to_thread(
        tsur, json.dumps(said), env=environment, cwd=ROOT, timeout=500, code=KILLED
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == KILLS
    return told


@pytest.fixture
async def source(polygon: Region, tmp_path: Path) -> Region:
    """The region with its data, a database file in its folder."""
    region = await filled(polygon, tmp_path / "source")
    if region.database.is_sqlite:
        to = tmp_path / "source" / "polygon" / "tsur.db"
        with (
            closing(sqlite3.connect(file_of(region.database.url))) as live,
            closing(sqlite3.connect(to)) as copy,
        ):
            live.backup(copy)
    return region


async def test_a_copy_that_is_killed_leaves_nothing_half(source: Region, tmp_path: Path) -> None:
    async with empty(source, tmp_path / "place") as place:
        told = await killed("copies", source, tmp_path / "copies", place)
    for one in told:
        assert one["died"] == -signal.SIGKILL, one
        assert (one["ended"], one["same"], one["drafts"], one["noted"]) == (0, True, [], True), one
        assert one["made"] == one["kept"] + 1, one
    assert {one["kept"] for one in told} <= {0, 1}
    assert told[0]["kept"] == 0


async def test_a_restoration_that_is_killed_goes_on(source: Region, tmp_path: Path) -> None:
    await save([source], tmp_path / "copies", SECRET, with_keys=True)
    async with empty(source, tmp_path / "place") as place:
        told = await killed("restorations", source, tmp_path / "copies", place)
    for one in told:
        assert one["died"] == -signal.SIGKILL, one
        assert (one["ended"], one["half"], one["same"], one["arrivals"]) == (0, False, True, 1), one
        assert one["files"] == [
            "polygon/data.key",
            "polygon/files/ab/отзыв.txt",
            "polygon/signing.pem",
            "settings-of-the-copy.env",
        ], one
