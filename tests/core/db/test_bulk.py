"""Rows that share most of their columns: what is sent once is written for each of them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from core.db.bulk import Row, table_of, write_alike
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region

JOURNAL = table_of(JournalEntry)
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(name: str, **after: object) -> Row:
    return {"at": AT, "name": name, "cause": None, "before": {}, "after": after}


async def write(region: Region, *rows: tuple[Row, str, str]) -> None:
    async with region.work(system()) as work:
        await write_alike(work.session, JOURNAL, ("subject", "actor"), rows)


async def read(region: Region) -> list[tuple[object, ...]]:
    columns = ("subject", "actor", "at", "name", "cause", "before", "after")
    query = select(*(JournalEntry.__table__.c[name] for name in columns))
    async with region.database.reading() as session:
        rows = await session.execute(query.where(JOURNAL.c.at == AT).order_by(JOURNAL.c.id))
        return [tuple(row) for row in rows]


async def test_rows_come_in_their_order_each_with_what_it_shares(polygon: Region) -> None:
    opened, closed = said("opened", mark=5, why=["«ё»", None]), said("closed")
    await write(
        polygon,
        (opened, "case:2", "b"),
        (closed, "case:1", "a"),
        (opened, "case:1", "b"),
        (opened, "case:3", "c'\\"),
    )
    after = {"mark": 5, "why": ["«ё»", None]}
    assert await read(polygon) == [
        ("case:2", "b", AT, "opened", None, {}, after),
        ("case:1", "a", AT, "closed", None, {}, {}),
        ("case:1", "b", AT, "opened", None, {}, after),
        ("case:3", "c'\\", AT, "opened", None, {}, after),
    ]


async def test_equal_but_not_the_same_is_written_all_the_same(polygon: Region) -> None:
    await write(polygon, (said("opened"), "case:1", "a"), (said("opened"), "case:2", "a"))
    assert [row[0] for row in await read(polygon)] == ["case:1", "case:2"]


async def test_no_rows_are_no_statement(polygon: Region) -> None:
    before = await read(polygon)
    await write(polygon)
    assert await read(polygon) == before
