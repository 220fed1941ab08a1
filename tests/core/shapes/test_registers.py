"""Dated records: the same day in Python and in either database; what ends what."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from sqlalchemy import select

from core.db.statements import Slot, compiled
from core.directory.model import Body, BodyTheme
from core.kernel.access import system
from core.kernel.region import Region
from core.law import days
from core.shapes.registers.model import meeting, standing
from core.shapes.registers.service import enter, history

FIRST, SECOND, THIRD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)
ENDS = (None, FIRST, SECOND, THIRD)
STRETCHES = list(product(ENDS, ENDS))


@pytest.mark.parametrize(
    ("since", "until", "on", "held"),
    [
        (None, None, SECOND, True),
        (SECOND, None, SECOND, True),
        (THIRD, None, SECOND, False),
        (None, SECOND, SECOND, False),
        (None, THIRD, SECOND, True),
        (FIRST, THIRD, SECOND, True),
        (SECOND, SECOND, SECOND, False),
    ],
)
def test_the_last_day_is_the_one_before(
    since: date | None, until: date | None, on: date, held: bool
) -> None:
    assert days.holds(since, until, on) is held
    assert days.over(until, on) is (until is not None and until <= on)


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ((None, None), (None, None), True),
        ((FIRST, SECOND), (SECOND, THIRD), False),
        ((FIRST, THIRD), (SECOND, None), True),
        ((None, SECOND), (SECOND, None), False),
        ((SECOND, None), (None, THIRD), True),
    ],
)
def test_stretches_meet_on_a_day(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None], met: bool
) -> None:
    assert days.meet(one, other) is met
    assert days.meet(other, one) is met


async def test_a_database_says_the_same(polygon: Region) -> None:
    """As a condition, with a slot for the day in a kept statement, and as one that is denied."""
    async with polygon.work(system()) as work:
        bodies = [Body(key=str(n), name=str(n), kind="other") for n in range(len(STRETCHES))]
        for body, (since, until) in zip(bodies, STRETCHES, strict=True):
            body.opened, body.closed = since, until
        work.session.add_all(bodies)
        await work.session.flush()
        rows = [
            BodyTheme(body_id=body.id, theme="roads", since=since, until=until)
            for body, (since, until) in zip(bodies, STRETCHES, strict=True)
        ]
        work.session.add_all(rows)
    kept = compiled(select(BodyTheme.id).where(BodyTheme.holds(Slot(0))), polygon.database.dialect)
    async with polygon.database.reading() as session:
        for day in (FIRST, SECOND, THIRD):
            expected = {row.id for row in rows if row.holds(day)}
            found = set(await session.scalars(select(BodyTheme.id).where(BodyTheme.holds(day))))
            assert found == expected
            fetched = await polygon.database.reader.fetch(kept.text, kept.values([day]))
            assert {row_id for (row_id,) in fetched} == expected
            open_ = standing(Body.opened, Body.closed, day)
            own = {body.id for body in bodies}
            among = select(Body.id).where(Body.id.in_(own))
            standing_ids = set(await session.scalars(among.where(open_)))
            assert standing_ids == {b.id for b in bodies if days.holds(b.opened, b.closed, day)}
            assert set(await session.scalars(among.where(~open_))) == own - standing_ids
        for until in (None, THIRD):
            found = set(
                await session.scalars(select(BodyTheme.id).where(meeting(BodyTheme, SECOND, until)))
            )
            stretch = (SECOND, until)
            assert found == {r.id for r in rows if days.meet((r.since, r.until), stretch)}


async def test_a_later_record_ends_the_earlier(polygon: Region) -> None:
    """Entered in any order; one that begins before another ends where that begins."""
    async with polygon.work(system()) as work:
        body = Body(key="b", name="b", kind="other")
        work.session.add(body)
        await work.session.flush()
        same = BodyTheme.body_id == body.id
        for since in (FIRST, THIRD, SECOND):
            record = BodyTheme(body_id=body.id, theme="roads", since=since)
            await enter(work.session, record, same)
        rows = await history(work.session, BodyTheme, same)
    assert [(row.since, row.until) for row in rows] == [
        (FIRST, SECOND),
        (SECOND, THIRD),
        (THIRD, None),
    ]
