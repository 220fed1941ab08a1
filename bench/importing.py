"""Importing: the product's import of a file against COPY of the rows that it leaves behind."""

from __future__ import annotations

import asyncio
import csv
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path

from bench.fill import migrated
from bench.ground import Ground
from bench.ratios import Round
from core.access import system
from core.demo.cases import cases
from core.demo.service import SEED
from core.demo.world import build_world
from core.directory.bodies import load_bodies
from core.exchange.importing import import_file
from core.intake.new import NewAppeal

US, COPY, INDEXED = "us", "copy", "copy_indexed"
COLUMNS = (
    "channel", "external_id", "text", "received", "theme", "topic", "municipality", "address",
    "latitude", "longitude", "applicant_kind", "residence",
)  # fmt: skip
EMPTY, TAKEN, COPIED = "import_empty", "import_taken", "import_copied"
Say = Callable[[str], None]


async def measure(ground: Ground, size: int, rounds: int, say: Say = print) -> list[Round]:
    """Rows a second of the import, of COPY into a bare table, and into one with all its indexes."""
    await migrated(ground, EMPTY)
    file = ground.folder / f"import-{size}.csv"
    await _write(ground, file, size)
    return [await _round(ground, file, size, number, say) for number in range(rounds)]


async def _round(ground: Ground, file: Path, size: int, number: int, say: Say) -> Round:
    say(f"import: round {number + 1}, {size:,} rows")
    await ground.drop(TAKEN)
    await ground.create(TAKEN, EMPTY)
    seconds = {US: await _importing(ground, file, size)}
    rows = ground.folder / "appeal.rows"
    async with ground.connected(TAKEN) as connection:
        await connection.copy_from_table("appeal", output=rows, format="binary")
    seconds |= {
        COPY: await _copying(ground, rows, "CREATE TABLE bare (LIKE appeal)"),
        INDEXED: await _copying(ground, rows, "CREATE TABLE bare (LIKE appeal INCLUDING ALL)"),
    }
    rows.unlink()
    return {name: size / spent for name, spent in seconds.items()}


async def _importing(ground: Ground, file: Path, size: int) -> float:
    """The seconds that the import takes once the process runs, as COPY is measured too."""
    async with ground.region(TAKEN) as region:
        began = time.perf_counter()
        figures = await import_file(region, file, rejects=file.with_suffix(".rejects.csv"))
        spent = time.perf_counter() - began
    if figures.added != size:
        raise ValueError(f"not everything was imported: {figures}")
    return spent


async def _copying(ground: Ground, rows: Path, table: str) -> float:
    """The seconds that COPY of these rows into this table takes, the database being empty."""
    await ground.drop(COPIED)
    await ground.create(COPIED, EMPTY)
    async with ground.connected(COPIED) as connection:
        await connection.execute(table)
        began = time.perf_counter()
        await connection.copy_to_table("bare", source=rows, format="binary")
        return time.perf_counter() - began


async def _write(ground: Ground, file: Path, size: int) -> None:
    """A file as another system would send it: the demo's arrivals in our field names."""
    async with ground.region(EMPTY) as region, region.work(system()) as work:
        world = build_world(region, await load_bodies(work.session), SEED, work.now)
    await asyncio.to_thread(_write_csv, file, islice(cases(world, size), size))


def _write_csv(file: Path, news: Iterator[NewAppeal]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for new in news:
            said = asdict(new) | {"received": new.received_at}
            writer.writerow(_cell(said[name]) for name in COLUMNS)


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
