"""Many appeals out of few: each is copied with its ledger and answers, a little earlier each time.

The product's demo lives every case through, which takes its time; a benchmark needs millions that
are alike in everything that costs: rows, columns, widths, distributions, indexes.
"""

from __future__ import annotations

from collections.abc import Mapping

import asyncpg  # type: ignore[import-untyped]

TABLES = ("appeal", "ledger", "answer")
EARLIER = "interval '97 seconds'"
OWN: Mapping[str, str] = {
    "number": "number || '-' || k",
    "external_id": "external_id || '-' || k",
    "cluster_id": "NULL",
}
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position
"""
PLAIN_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY($1)
AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


async def multiply(connection: asyncpg.Connection, size: int) -> None:
    """Copy the appeals that stand until there are `size`; indexes are rebuilt at the end."""
    stand = await connection.fetchval("SELECT count(*) FROM appeal")
    times = size // stand - 1
    if times < 1:
        return
    await connection.execute("SET session_replication_role = replica")  # nothing is checked twice
    indexes = await connection.fetch(PLAIN_INDEXES, TABLES)
    for index in indexes:
        await connection.execute(f'DROP INDEX "{index["indexname"]}"')
    last = {table: await _last(connection, table) for table in TABLES}
    for table in TABLES:
        await connection.execute(await _copying(connection, table, last, times))
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        await connection.execute(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")
    for index in indexes:
        await connection.execute(index["indexdef"])
    await connection.execute("SET session_replication_role = origin")


async def _last(connection: asyncpg.Connection, table: str) -> int:
    return int(await connection.fetchval(f"SELECT max(id) FROM {table}"))


async def _copying(
    connection: asyncpg.Connection, table: str, last: Mapping[str, int], times: int
) -> str:
    """INSERT ... SELECT: copies of a row lie side by side, as rows of one moment would."""
    columns = await connection.fetch(COLUMNS, table)
    names = [column["column_name"] for column in columns]
    numbered = {"id": f"{last[table]} + (id - 1) * {times} + k"}
    if table != "appeal":
        numbered["appeal_id"] = f"{last['appeal']} + (appeal_id - 1) * {times} + k"
    moments = {
        column["column_name"]: f'"{column["column_name"]}" - k * {EARLIER}'
        for column in columns
        if column["data_type"] == "timestamp with time zone"
    }
    own = {**moments, **numbered, **(OWN if table == "appeal" else {})}
    values = ", ".join(own.get(name, f'"{name}"') for name in names)
    into = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {table} ({into}) SELECT {values} FROM {table}, generate_series(1, {times}) k "
        f"WHERE id <= {last[table]} ORDER BY id, k"
    )
