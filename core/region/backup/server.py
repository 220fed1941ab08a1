"""A PostgreSQL database in a copy: its rows as one snapshot shows them, table by table, by COPY.

Tables themselves are not copied: the migrations make them, up to the revisions that the copy had.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from core.db.server import connect
from core.region.backup.entries import Entry, EntryWriter
from core.region.backup.sqlite import Tallies
from core.region.backup.tally import Lines

PLAINLY = (
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
"""So that the same rows are the same text on every server."""

TABLES = """
SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = """
SELECT sequencename AS name, last_value FROM pg_sequences
WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
"""
REFERENCES = """
SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name,
pg_get_constraintdef(oid) AS says
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
ORDER BY 1, 2
"""
REVISIONS = "alembic_version"


@dataclass(frozen=True, slots=True)
class Stored:
    """A table, and the columns that it stores."""

    name: str
    columns: tuple[str, ...]

    @property
    def rows(self) -> str:
        """The query of all its rows."""
        return f"SELECT {', '.join(map(quoted, self.columns))} FROM {quoted(self.name)}"


@asynccontextmanager
async def snapshot(url: str, *, pooled: bool) -> AsyncIterator[Any]:
    """A connection to which the database stands still, while others go on reading and writing."""
    connection = await connect(url, pooled=pooled)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await write_plainly(connection)
            yield connection
    finally:
        await connection.close()


async def write_plainly(connection: Any) -> None:
    """Make this transaction write every value in one way."""
    for statement in PLAINLY:
        await connection.execute(statement)


async def save_tables(connection: Any, out: EntryWriter) -> tuple[list[str], Tallies]:
    """Write every table; the database's revisions, and what its tables come to."""
    found: Tallies = {}
    heads = [row[0] for row in await connection.fetch(f"SELECT version_num FROM {REVISIONS}")]
    for one in await tables(connection):
        if one.name != REVISIONS:
            out.begin("table", name=one.name, columns=one.columns)
            found[one.name] = await _told(connection, one, out)
            out.end()
    rows = await connection.fetch(SEQUENCES)
    out.whole("sequences", {row["name"]: row["last_value"] for row in rows})
    return sorted(heads), found


async def tables(connection: Any) -> list[Stored]:
    """The tables of the database."""
    rows = await connection.fetch(TABLES)
    return [Stored(row["name"], tuple(row["columns"])) for row in rows]


async def empty_tables(connection: Any) -> list[tuple[str, str, str]]:
    """Make ready for rows from elsewhere: no trigger, no row, no reference; which those were."""
    references = [tuple(row) for row in await connection.fetch(REFERENCES)]
    for owner, name, _ in references:
        await connection.execute(f"ALTER TABLE {owner} DROP CONSTRAINT {name}")
    names = [quoted(one.name) for one in await tables(connection) if one.name != REVISIONS]
    for name in names:
        await connection.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    await connection.execute(f"TRUNCATE {', '.join(names)}")
    return references


async def finish_tables(connection: Any, references: Iterable[tuple[str, str, str]]) -> None:
    """Put back what `empty_tables` took away; references are proved with that."""
    for owner, name, says in references:
        await connection.execute(f"ALTER TABLE {owner} ADD CONSTRAINT {name} {says}")
    for one in await tables(connection):
        await connection.execute(f"ALTER TABLE {quoted(one.name)} ENABLE TRIGGER USER")


async def load_table(connection: Any, entry: Entry) -> None:
    """Bring the rows of an entry into their table."""
    await connection.copy_to_table(
        entry.about["name"], columns=entry.about["columns"], source=_parts(entry)
    )


async def load_sequences(connection: Any, values: dict[str, int]) -> None:
    """Let ids go on where they stood."""
    for name, value in values.items():
        await connection.execute("SELECT setval($1::text::regclass, $2)", quoted(name), value)


async def tally_table(connection: Any, stored: Stored) -> list[object]:
    """How many rows a table has and what they come to."""
    return await _told(connection, stored, None)


async def _told(connection: Any, stored: Stored, out: EntryWriter | None) -> list[object]:
    """Count a table while it is written."""
    lines = Lines()

    async def take(part: bytes) -> None:
        lines.add(part)
        if out is not None:
            out.add(part)

    await connection.copy_from_query(stored.rows, output=take)
    return lines.tally.told


async def _parts(entry: Entry) -> AsyncIterator[bytes]:
    for piece in entry.pieces:
        yield piece


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'
