"""The median of days to an answer is what sorting the cases themselves gives."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import Delete, Update, delete, func, select, update

from core.appeals.classifier.model import Category
from core.appeals.figures.proof import verify_rollups
from core.appeals.figures.subject import APPEALS, Dimension
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter, matching, visible
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.kernel.work import Work
from core.shapes.figures.folding import fold
from tests.core.appeals.figures.test_reading import PERIODS, actors, both, places, whatever
from tests.fixtures.clock import FrozenClock

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
RECEIVED = datetime(2026, 2, 3, 4, 5, 6, 700_000, tzinfo=UTC)
CHANGE, HISTOGRAM = APPEALS.tables.change, APPEALS.tables.histogram
assert HISTOGRAM is not None
Medians = Mapping[tuple[str | int | None, ...], float | None]


async def sorted_out(
    work: Work, by: Sequence[Dimension], actor: Actor, criteria: AppealFilter
) -> Medians:
    """The medians by hand: every case read, in groups, their days in order."""
    fitting = matching(criteria, work.now, work.dialect)
    categories = {one.id: one.key for one in await work.session.scalars(select(Category))}
    groups = defaultdict[tuple[Any, ...], list[int]](list)
    for appeal in await work.session.scalars(select(Appeal).where(visible(actor), fitting)):
        own = {Dimension.CATEGORY: categories.get(appeal.category_id or 0)}
        values = (own[one] if one in own else getattr(appeal, one) for one in by)
        days = groups[tuple(values)]
        if appeal.answered_at is not None:
            days.append((appeal.answered_at - appeal.received_at).days)
    return {group: median(days) if days else None for group, days in groups.items()}


async def require_medians(
    work: Work, by: Sequence[Dimension], actor: Actor, criteria: AppealFilter
) -> Medians:
    """The medians by rollups, which are those by counting and by hand."""
    summed, counted, _ = await both(work, by, actor, criteria)
    assert summed == counted
    found = {one.values: one.median_days for one in summed if one.total}
    assert found == await sorted_out(work, by, actor, criteria)
    return found


@whatever
async def test_whatever_is_asked(
    busy: Region, by: Sequence[Dimension], criteria: AppealFilter, number: int
) -> None:
    async with busy.reading(system()) as work:
        actor = list(actors(await places(work)))[number]
        await require_medians(work, by, actor, criteria)


async def test_before_and_after_a_fold(busy: Region) -> None:
    """By every dimension, in periods that begin and end anywhere, for whoever may see a part."""
    asked = [*((d,) for d in Dimension), (), (Dimension.BLOCK, Dimension.STATE)]

    async def every_median() -> list[Medians]:
        async with busy.reading(system()) as work:
            officials, periods = list(actors(await places(work))), itertools.cycle(PERIODS)
            return [
                await require_medians(work, by, actor, AppealFilter(
                    received_from=since, received_before=until
                ))
                for (actor, by), (since, until) in zip(
                    itertools.product(officials, asked), periods, strict=False
                )
            ]  # fmt: skip

    before = await every_median()
    async with busy.work(system()) as work:
        await fold(work, APPEALS)
        assert await work.session.scalar(select(func.count(CHANGE.c.id))) == 0
    assert await every_median() == before
    values = {value for medians in before for value in medians.values()}
    assert None in values
    assert {value % 1 for value in values if value is not None} == {0.0, 0.5}
    assert len(values) > 20


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ([timedelta()], 0.0),
        ([DAY - INSTANT], 0.0),
        ([DAY], 1.0),
        ([DAY - timedelta(microseconds=600_000)], 0.0),
        ([DAY + timedelta(microseconds=299_999)], 1.0),
        ([timedelta(hours=23), timedelta(hours=25)], 0.5),
        ([DAY, 2 * DAY, 40 * DAY], 2.0),
        ([DAY, DAY, DAY, 9 * DAY], 1.0),
        ([DAY, DAY, 9 * DAY, 9 * DAY], 5.0),
    ],
)
@pytest.mark.bare_rows
async def test_days_are_full_ones_and_two_in_the_middle_are_halved(
    polygon: Region, clock: FrozenClock, waits: Sequence[timedelta], expected: float
) -> None:
    clock.moment = RECEIVED + 60 * DAY
    async with polygon.work(system()) as work:
        for number, wait in enumerate([*waits, None]):
            taken = await take_in(work, NewAppeal("letter", str(number), "Яма"))
            answered = {} if wait is None else {"answered_at": RECEIVED + wait}
            moments = {"received_at": RECEIVED, **answered}
            await work.session.execute(
                update(Appeal).where(Appeal.id == taken.appeal_id).values(moments)
            )
    for _ in ("unfolded", "folded"):
        async with polygon.reading(system()) as work:
            medians = await require_medians(work, (), system(), AppealFilter())
            assert list(medians.values()) == [expected]
            hours = AppealFilter(
                received_from=RECEIVED - timedelta(hours=3), received_before=RECEIVED + INSTANT
            )
            assert await require_medians(work, (), system(), hours) == medians
        async with polygon.work(system()) as work:
            await fold(work, APPEALS)


async def test_answers_taken_back_leave_no_median(busy: Region) -> None:
    """A fold keeps how many there were; the change that takes them back is not folded yet."""
    async with busy.work(system()) as work:
        await fold(work, APPEALS)
        before = await require_medians(work, (Dimension.THEME,), system(), AppealFilter())
        await work.session.execute(update(Appeal).values(answered_at=None))
        for _ in ("unfolded", "folded"):
            found = await require_medians(work, (Dimension.THEME,), system(), AppealFilter())
            assert (found.keys(), {*found.values()}) == (before.keys(), {None})
            await fold(work, APPEALS)
        await work.session.rollback()
    assert {*before.values()} != {None}


@pytest.mark.parametrize(
    "harm",
    [
        update(HISTOGRAM.table).where(HISTOGRAM.table.c.cut == "body_id").values(answered=0),
        delete(HISTOGRAM.table).where(HISTOGRAM.table.c.cut == "block+theme"),
        update(CHANGE).where(CHANGE.c.answered != 0).values(days=None),
    ],
)
async def test_what_was_changed_by_hand_is_found(busy: Region, harm: Update | Delete) -> None:
    async with busy.work(system()) as work:
        await work.session.execute(harm)
        found = (await verify_rollups(work)).differences
        await work.session.rollback()
    assert found
    assert all("days: " in one.where and "answered: не хватает" in one.what for one in found)
