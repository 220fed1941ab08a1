"""The second counted subject: disputes, by cells, by counting and by hand."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from core.appeals.model import Appeal
from core.appeals.satisfaction.figures import (
    DISPUTES,
    DisputeDimension,
    DisputeFigure,
    DisputeFigures,
    DisputeFilter,
    DisputeVerdict,
    analyse_disputes,
)
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.model import Dispute
from core.appeals.satisfaction.service import Opinion
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.figures import fold_all, prove_all
from core.shapes.figures.analysis import figures_of, span_for, tally
from core.shapes.figures.cuts import first_with
from core.shapes.figures.folding import fold, rebuild
from core.shapes.figures.proof import hold_still, verify_cells
from tests.conftest import OpenRegion
from tests.core.appeals.duties.conftest import FIRST, Office, staff
from tests.core.appeals.duties.test_analysis import mark
from tests.core.appeals.figures.conftest import prepare
from tests.core.appeals.figures.test_reading import PERIODS, actors, places
from tests.fixtures.actors import actor_with
from tests.fixtures.clock import FrozenClock

_D = DisputeDimension
SHOWN = tuple(DisputeFigure)
CHANGE, CELLS = DISPUTES.tables.change, DISPUTES.tables.cells.table
DAYS = DISPUTES.tables.kept[1].table
EARLIEST = select(func.min(Dispute.id)).scalar_subquery()
BYS = [(), *((one,) for one in _D), (_D.BLOCK, _D.THEME), (_D.THEME, _D.BODY)]
Told = dict[tuple[Any, ...], tuple[Any, ...]]


async def argue(region: Region) -> None:
    """Some hundreds of disputes, of which the cells know a half."""
    await prepare(region)
    for part in (slice(0, None, 2), slice(1, None, 2)):
        async with region.work(system()) as work:
            await fold(work, DISPUTES)
            appeals = (await work.session.scalars(select(Appeal).order_by(Appeal.id))).all()
            work.session.add_all(_dispute(*one) for one in enumerate(appeals[part]))


@pytest.fixture
async def disputed(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    """A week after all that."""
    kursk = await open_test_region("kursk", argue)
    clock.forward(days=7)
    return kursk


def _dispute(number: int, appeal: Appeal) -> Dispute:
    """Every third is open; others are judged for one side or the other, after any time.

    Each has ten days, some old ones nobody knows how many; a few were taken back.
    """
    opened_at = appeal.received_at + timedelta(days=number % 17, seconds=number)
    due_at = opened_at + timedelta(days=10) if number % 7 else None
    withdrawn_at = opened_at + timedelta(days=5) if number % 15 == 3 else None
    judged = {"judged_at": opened_at + timedelta(hours=7 * number), "upheld": number % 3 == 1}
    return Dispute(
        appeal_id=appeal.id,
        body_id=appeal.body_id,
        block=appeal.block,
        theme=appeal.theme,
        municipality=appeal.municipality,
        opened_at=opened_at,
        due_at=due_at,
        withdrawn_at=withdrawn_at,
        reason="Яма на месте.",
        **(judged if number % 3 else {}),
    )


async def both(
    work: Work, by: Sequence[_D], actor: Actor, criteria: DisputeFilter
) -> tuple[Told, Told, bool]:
    """The figures by cells and by counting, and whether there were cells for them."""
    span = span_for(DISPUTES, by, actor, criteria, work.zone)
    found = []
    for way in (span, None):
        query = tally(DISPUTES, actor, work.now, work.dialect, by, criteria, way, SHOWN)
        rows = (await work.session.execute(query)).all()
        found.append(_told(figures_of(DisputeFigures, by, SHOWN, rows)))
    return found[0], found[1], span is not None


def _told(groups: Sequence[DisputeFigures]) -> Told:
    told = {one.values: tuple(getattr(one, name) for name in SHOWN) for one in groups}
    return {values: figures for values, figures in told.items() if figures[0]}


async def by_hand(work: Work, by: Sequence[_D]) -> Told:
    """Every dispute read, in groups."""
    groups = defaultdict[tuple[Any, ...], list[Dispute]](list)
    for one in await work.session.scalars(select(Dispute)):
        verdict = DisputeVerdict.UPHELD if one.upheld else DisputeVerdict.DECLINED
        verdict = verdict if one.judged_at else DisputeVerdict.OPEN
        said = {_D.VERDICT: DisputeVerdict.WITHDRAWN if one.withdrawn_at else verdict}
        groups[tuple(said.get(d) or getattr(one, d) for d in by)].append(one)
    return {group: _summed(disputes, work.now) for group, disputes in groups.items()}


def _summed(disputes: Sequence[Dispute], now: datetime) -> tuple[Any, ...]:
    took = [one.judged_at - one.opened_at for one in disputes if one.judged_at]
    upheld, days = sum(bool(one.upheld) for one in disputes), [wait.days for wait in took]
    seconds = sum(int(wait.total_seconds()) for wait in took)
    dated = [(one.judged_at, one.due_at, one.withdrawn_at) for one in disputes if one.due_at]
    late = sum(bool(judged and judged > due) for judged, due, _ in dated)
    waiting = sum(bool(not judged and not back and due < now) for judged, due, back in dated)
    middle = median(days) if days else None
    return len(disputes), late, len(took), upheld, seconds, late + waiting, middle


async def test_cells_say_what_disputes_say_before_and_after_folds(disputed: Region) -> None:
    async def compared() -> list[Told]:
        async with disputed.reading(system()) as work:
            for by in BYS:
                cells, counted, _ = await both(work, by, system(), DisputeFilter())
                assert cells == counted == await by_hand(work, by)
            periods, kept, found = itertools.cycle(PERIODS), 0, []
            for actor, by in itertools.product(actors(await places(work)), BYS):
                since, until = next(periods)
                asked = DisputeFilter(opened_from=since, opened_before=until)
                cells, counted, rolled = await both(work, by, actor, asked)
                assert cells == counted, (actor, by, since, until)
                kept += rolled
                found.append(cells)
            assert kept == 43
            return found

    async with disputed.database.reading() as session:
        assert await session.scalar(select(func.count(CHANGE.c.id)))
    before = await compared()
    for make in (fold, rebuild):
        async with disputed.work(system()) as work:
            await make(work, DISPUTES)
            assert await work.session.scalar(select(func.count(CHANGE.c.id))) == 0
            assert await work.session.scalar(select(func.count()).select_from(CELLS))
        assert await compared() == before


async def test_what_is_looked_for_is_told_apart(disputed: Region) -> None:
    async with disputed.reading(system()) as work:
        whole = await by_hand(work, (_D.VERDICT, _D.THEME))
        for verdict, theme in whole:
            asked = DisputeFilter(verdicts=[verdict], themes=[theme])
            cells, counted, rolled = await both(work, (_D.VERDICT, _D.THEME), system(), asked)
            assert cells == counted == {(verdict, theme): whole[verdict, theme]}
            assert rolled


@pytest.fixture
async def office(open_test_region: OpenRegion, clock: FrozenClock) -> Office:
    return await staff(await open_test_region("kursk"), clock)


async def test_a_verdict_moves_a_dispute(office: Office, clock: FrozenClock) -> None:
    for number in ("1", "2", "3"):
        await office.closed(external_id=number)
        await mark(office, Opinion(1, dispute="Яма на месте."))
    async with office.region.database.reading() as session:
        first, second, _ = await session.scalars(select(Dispute.id).order_by(Dispute.id))
    clock.forward(days=2, hours=1)
    head = actor_with(office.region, "head")

    async def told(*by: _D) -> Any:
        async with office.region.reading(office.coordinator) as work:
            groups = await analyse_disputes(work, by)
            return [(*one.values, one.total, one.judged, one.upheld, one.median_days, one.mean_days)
                    for one in groups]  # fmt: skip

    assert await told(_D.VERDICT) == [("open", 3, 0, 0, None, None)]
    async with office.region.work(system()) as work:
        await fold_all(work)
    for dispute, upheld in ((first, True), (second, False)):
        async with office.region.work(head) as work:
            await judge(work, dispute, upheld=upheld, verdict="Яма не заделана.")
        clock.forward(days=1)
    for _ in ("unfolded", "folded"):
        assert await told(_D.VERDICT, _D.BLOCK, _D.THEME) == [
            ("declined", "roads", "roads", 1, 1, 0, 3.0, 3 + 1 / 24),
            ("open", "roads", "roads", 1, 0, 0, None, None),
            ("upheld", "roads", "roads", 1, 1, 1, 2.0, 2 + 1 / 24),
        ]
        assert await told() == [(3, 2, 1, 2.5, 2.5 + 1 / 24)]
        async with office.region.work(system()) as work:
            await fold_all(work)
    async with office.region.reading(office.first) as work:
        (own,) = await analyse_disputes(work, [_D.BODY])
        assert (own.group[0].names, own.total) == ((FIRST, FIRST), 3)
    async with office.region.reading(office.second) as work:
        assert [one.total for one in await analyse_disputes(work, [_D.BODY])] == []


@pytest.mark.parametrize(
    ("actor", "code"),
    [(Actor("stranger", 1), RefusalCode.FORBIDDEN), (ANONYMOUS, RefusalCode.UNAUTHENTICATED)],
)
async def test_strangers_are_told_nothing(polygon: Region, actor: Actor, code: RefusalCode) -> None:
    async with polygon.reading(actor) as work:
        with pytest.raises(Refusal) as refused:
            await analyse_disputes(work, [])
    assert refused.value.code is code


HARMS = (
    (update(CELLS).where(CELLS.c.cut == "verdict").values(total=0), "dispute_rollup_cell verdict/"),
    (delete(CELLS).where(CELLS.c.cut == "block+theme+verdict"), " block+theme+verdict/"),
    (update(DAYS).values(judged=0), "days: "),
    (delete(CHANGE), "total: не хватает"),
)


async def test_what_was_changed_by_hand_is_found(disputed: Region) -> None:
    for harm, told in HARMS:
        async with disputed.work(system()) as work:
            if harm.table is not CHANGE:
                await fold(work, DISPUTES)
            await work.session.execute(harm)
            found = await verify_cells(work, DISPUTES, progress=lambda done: None)
            whole = (await prove_all(work)).differences
            await work.session.rollback()
        assert any(told in f"{one.where} {one.what}" for one in found), told
        assert set(found) <= set(whole)


async def test_disputes_are_judged_while_others_fold(disputed: Region) -> None:
    async with disputed.work(system()) as work:
        query = select(Dispute.id).order_by(Dispute.id).limit(8)
        numbers = list(await work.session.scalars(query))
        reopened = update(Dispute).where(Dispute.id.in_(numbers))
        await work.session.execute(reopened.values(judged_at=None, upheld=None))

    async def decide(number: int) -> None:
        async with disputed.work(system()) as work:
            values = {"judged_at": work.now, "upheld": number % 2 == 0}
            await work.session.execute(update(Dispute).where(Dispute.id == number).values(values))

    async def fold_once() -> None:
        async with disputed.work(system()) as work:
            await fold_all(work)

    await asyncio.gather(*(f for n in numbers for f in (decide(n), fold_once())))
    assert len(numbers) == 8
    async with disputed.reading(system()) as work:
        await hold_still(work)
        assert await verify_cells(work, DISPUTES, progress=lambda done: None) == []
        assert (
            await by_hand(work, [_D.VERDICT])
            == (await both(work, [_D.VERDICT], system(), DisputeFilter()))[0]
        )


async def test_a_dispute_taken_away_counts_no_more(disputed: Region) -> None:
    async with disputed.work(system()) as work:
        await fold_all(work)
        (before,) = await analyse_disputes(work, [])
        await work.session.execute(delete(Dispute).where(Dispute.id == EARLIEST))
        long_ago = {"opened_at": datetime(2025, 9, 1, tzinfo=UTC)}
        await work.session.execute(update(Dispute).where(Dispute.id == EARLIEST).values(long_ago))
        (after,) = await analyse_disputes(work, [])
        assert after.total == before.total - 1
        assert await verify_cells(work, DISPUTES, progress=lambda done: None) == []
        await work.session.rollback()


@pytest.mark.parametrize("pair", [*itertools.combinations(_D, 2)])
def test_any_two_dimensions_are_kept_together(pair: tuple[_D, _D]) -> None:
    cut = first_with(DISPUTES.cuts, pair)
    assert cut is not None
    assert cut.dimensions >= {*pair}
