"""Importing: the product's import of a file against COPY of the rows that it leaves behind.

Ours is the import itself in a running process: the law is loaded, the connection open, the
dictionary of words in memory. It reads a CSV file and writes four tables with their indexes,
foreign keys and triggers; COPY is given finished rows in PostgreSQL's own binary format. Bare COPY
writes `appeal` alone into a table without any index (`copy`), or all our rows into such tables
(`copy_rows`) or into tables with keys alone (`copy_keys`), without which nothing is idempotent. So
the ratio to it cannot come near 1: what COPY of the same rows into the product's own tables takes
(`copy_tables`) is the least that any way of writing them can. From the second round on the words
of the file have been met before.
How long a processor worked is told beside it, the server's and ours: on a shared machine that is
steadier than the clock, and it shows what there is to be gained.
"""

from __future__ import annotations

import asyncio
import csv
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.fill import migrated
from bench.ground import Ground
from bench.ratios import Round
from core.appeals.exchange.imports import import_file
from core.appeals.intake.new import NewAppeal
from core.appeals.rules.intake import Regime
from core.demo.cases import cases
from core.demo.service import SEED
from core.demo.world import build_world
from core.directory.bodies import load_bodies
from core.kernel.access import system
from core.kernel.search import terms

US, COPY, ROWS, KEYS = "us", "copy", "copy_rows", "copy_keys"
INDEXED, TABLES = "copy_indexed", "copy_tables"
WRITTEN = ("appeal", "ledger", "journal")
COLUMNS = (
    "channel", "external_id", "text", "received", "theme", "topic", "municipality", "address",
    "latitude", "longitude", "applicant_kind", "residence", "regime",
)  # fmt: skip
OURS = {"journal": "name = 'appeal.taken_in'"}
"""Which rows of a table the import has written, where there were others."""

BARE = "LIKE {}"
"""A table with the columns of another and nothing else."""

UNKEYED = """
SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = $1::regclass AND NOT indisunique
"""

EMPTY, TAKEN, COPIED = "import_empty", "import_taken", "import_copied"
Say = Callable[[str], None]


class Spent(NamedTuple):
    """Seconds: by the clock, and of a processor in the database's server and in this process."""

    clock: float
    server: float
    client: float


@dataclass(frozen=True, slots=True)
class Imports:
    """By contestant in each round: rows a second, and microseconds of a processor for a row."""

    rates: list[Round]
    server: list[Round]
    client: list[Round]


async def measure(ground: Ground, size: int, rounds: int, say: Say = print) -> Imports:
    """The import and COPY: bare, with all indexes, into all our tables."""
    await migrated(ground, EMPTY)
    file = ground.folder / f"import-{size}.csv"
    await _write(ground, file, size)
    found = [await _round(ground, file, size, number, say) for number in range(rounds)]
    return Imports(
        [{name: size / spent.clock for name, spent in r.items()} for r in found],
        [{name: spent.server / size * 1e6 for name, spent in r.items()} for r in found],
        [{name: spent.client / size * 1e6 for name, spent in r.items()} for r in found],
    )


async def _round(ground: Ground, file: Path, size: int, number: int, say: Say) -> dict[str, Spent]:
    say(f"import: round {number + 1}, {size:,} rows")
    await ground.drop(TAKEN)
    await ground.create(TAKEN, EMPTY)
    spent = {US: await _importing(ground, file, size)}
    finished = {table: ground.folder / f"{table}.rows" for table in WRITTEN}
    async with ground.connected(TAKEN) as connection:
        for table, rows in finished.items():
            ours = OURS.get(table, "true")
            query = f"SELECT * FROM {table} WHERE {ours} ORDER BY id"
            await connection.copy_from_query(query, output=rows, format="binary")
    appeals = {"appeal": finished["appeal"]}
    spent |= {
        COPY: await _copying(ground, appeals, like=BARE),
        ROWS: await _copying(ground, finished, like=BARE),
        KEYS: await _copying(ground, finished, like=BARE + " INCLUDING INDEXES", keys_alone=True),
        INDEXED: await _copying(ground, appeals, like=BARE + " INCLUDING ALL"),
        TABLES: await _copying(ground, finished),
    }
    for rows in finished.values():
        rows.unlink()
    return spent


async def _importing(ground: Ground, file: Path, size: int) -> Spent:
    """What the import takes once the process runs, as COPY is measured too."""
    async with ground.region(TAKEN) as region:
        terms("слово")
        async with region.reading(system()) as work:
            await load_bodies(work.session)
        async with _measuring(ground, TAKEN) as spent:
            figures = await import_file(region, file, rejects=file.with_suffix(".rejects.csv"))
    if figures.added != size:
        raise ValueError(f"not everything was imported: {figures}")
    return spent.pop()


async def _copying(
    ground: Ground, rows: Mapping[str, Path], like: str | None = None, keys_alone: bool = False
) -> Spent:
    """What COPY into these tables, or others like them, takes in an empty database."""
    await ground.drop(COPIED)
    await ground.create(COPIED, EMPTY)
    async with ground.connected(COPIED) as connection:
        for table in rows if like else ():
            await connection.execute(f"CREATE TABLE copied_{table} ({like})".format(table))
            unkeyed = await connection.fetch(UNKEYED, f"copied_{table}") if keys_alone else ()
            for (index,) in unkeyed:
                await connection.execute(f"DROP INDEX {index}")
        async with _measuring(ground, COPIED) as spent, connection.transaction():
            for table, source in rows.items():
                into = f"copied_{table}" if like else table
                await connection.copy_to_table(into, source=source, format="binary")
    return spent.pop()


@asynccontextmanager
async def _measuring(ground: Ground, database: str) -> AsyncIterator[list[Spent]]:
    """A list to which is added what the block spends."""
    found: list[Spent] = []
    server = await ground.server_seconds(database)
    clock, client = time.perf_counter(), time.process_time()
    yield found
    clock, client = time.perf_counter() - clock, time.process_time() - client
    found.append(Spent(clock, await ground.server_seconds(database) - server, client))


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
            said = new._asdict() | {"received": new.received_at, "regime": Regime.APPEAL}
            writer.writerow(_cell(said[name]) for name in COLUMNS)


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
