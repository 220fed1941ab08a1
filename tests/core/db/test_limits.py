"""The time of whoever asks ends in the database too."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.db.database import Database
from core.db.limits import limited
from core.kernel.access import system
from core.kernel.region import Region

ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) "
    "SELECT count(*) FROM n"
)


async def test_a_statement_ends_with_the_time_of_who_asks(polygon: Region) -> None:
    for _ in range(2):
        with limited(0.2), pytest.raises(DBAPIError) as caught:
            async with polygon.reading(system()) as work:
                await work.session.execute(ENDLESS)
        said = "interrupted" if polygon.database.is_sqlite else "statement timeout"
        assert said in str(caught.value.orig)
    with limited(0.2), pytest.raises(DBAPIError):
        async with polygon.work(system()) as work:
            await work.session.execute(ENDLESS)
    async with polygon.work(system()) as work:
        assert await work.session.scalar(text("SELECT 2")) == 2


async def test_what_sets_no_limit_has_none(polygon: Region) -> None:
    with limited(0.0):
        pass
    count = ENDLESS.text.replace("100000000000", "300000")
    async with polygon.reading(system()) as work:
        assert await work.session.scalar(text(count)) == 300_000


async def test_a_server_ends_what_the_reader_asks(polygon: Region) -> None:
    if polygon.database.is_sqlite:
        pytest.skip("SQLite is interrupted by who gives the question up")
    database = Database(polygon.database.url, seconds=0.2)
    assert [tuple(row) for row in await database.reader.fetch("SELECT 2", [])] == [(2,)]
    with pytest.raises(Exception, match="statement timeout"):
        await database.reader.fetch(ENDLESS.text, [])
    await database.close()
