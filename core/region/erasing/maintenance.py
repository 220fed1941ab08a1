"""After an erasure: what the files of the database still have of it is written over or dropped."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from core.kernel.region import Region

LITE = (
    "INSERT INTO appeal_fts (appeal_fts) VALUES ('optimize')",
    "PRAGMA secure_delete = ON",
    "VACUUM",
    "PRAGMA wal_checkpoint(TRUNCATE)",
)
"""The index of words is merged, the file written anew without what was freed, the log cut off."""

SERVER = ("VACUUM (FULL)", "CHECKPOINT", "SELECT pg_switch_wal()")
"""Tables are written anew; the server drops its log as its own archive settings say."""


async def maintain(region: Region) -> None:
    """Bring the files up to what the tables say; nobody else writes meanwhile.

    On a server it is the owner's to do: VACUUM (FULL) locks each table in turn.
    """
    async with region.database.connecting() as connection:
        if region.database.is_sqlite:
            await connection.rollback()
            driver: Any = (await connection.get_raw_connection()).driver_connection
            for statement in LITE:
                async with driver.execute(statement) as cursor:
                    await cursor.fetchall()  # VACUUM waits for no rows to be read
        else:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in SERVER:
                await connection.execute(text(statement))
