from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from bench import sql, sweeping
from core.kernel.region import Region

STATEMENTS = {
    "page": sql.PAGE,
    "ledgers": sql.LEDGERS,
    "lookup": sql.LOOKUP,
    "read": sql.READ,
    "counts": sql.COUNTS.format(zone="Europe/Moscow"),
    "open": sweeping.OPEN,
    "late": sweeping.LATE,
}


@pytest.mark.parametrize("name", STATEMENTS)
async def test_what_is_measured_stands_on_the_tables_of_today(polygon: Region, name: str) -> None:
    async with polygon.database.reading() as session:
        if session.get_bind().dialect.name != "postgresql":
            pytest.skip("сравнивают на PostgreSQL")
        prepared = f"PREPARE measured_{name} AS {STATEMENTS[name]}"
        await session.execute(text(prepared.replace(":", r"\:")))


async def test_peers_are_given_what_they_ask_for(polygon: Region) -> None:
    async with polygon.database.reading() as session:
        if session.get_bind().dialect.name != "postgresql":
            pytest.skip("сравнивают на PostgreSQL")
        connection = await (await session.connection()).get_raw_connection()
        peers = sql.FOR_PEERS.format(counts=STATEMENTS["counts"])
        driver: Any = connection.driver_connection
        await driver.execute(peers)
