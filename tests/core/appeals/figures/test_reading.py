"""What cells and changes add up to is what counting the appeals one by one gives."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.appeals.analysis import SHOWN, Figures
from core.appeals.figures.subject import APPEALS, CUTS, Dimension, Figure
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter, View, matching, visible
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Outcome, State
from core.kernel.access import Actor, Grant, Scope, system
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.work import Work
from core.shapes.figures.analysis import figures_of, span_for, tally
from core.shapes.figures.cuts import first_with
from tests.fixtures.clock import FrozenClock

Places = tuple[frozenset[str], frozenset[str], frozenset[int]]
KEPT = [one for one in Dimension if one not in APPEALS.loose]
READ = frozenset({Permission.READ_APPEALS})
PERIODS: tuple[tuple[datetime | None, datetime | None], ...] = (
    (None, None),
    (datetime(2025, 9, 30, 21, tzinfo=UTC), datetime(2026, 2, 28, 21, tzinfo=UTC)),
    (datetime(2025, 11, 7, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
    (datetime(2025, 10, 3, 4, 5, 6, tzinfo=UTC), None),
    (None, datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)),
)


def official(*scopes: Scope) -> Actor:
    return Actor("official", 1, tuple(Grant("some", 1, READ, scope) for scope in scopes))


async def places(work: Work) -> Places:
    """Two blocks, municipalities and bodies that there are."""
    found: list[frozenset[Any]] = []
    for column in (Appeal.block, Appeal.municipality, Appeal.body_id):
        query = select(column).where(column.is_not(None)).distinct().order_by(column).limit(2)
        found.append(frozenset(await work.session.scalars(query)))
    blocks, municipalities, bodies = found
    return blocks, municipalities, bodies


def actors(places: Places) -> Iterator[Actor]:
    blocks, municipalities, bodies = places
    yield system()
    yield official(Scope(blocks=blocks))
    yield official(Scope(municipalities=municipalities))
    yield official(Scope(bodies=bodies))
    yield official(Scope(blocks=blocks, municipalities=municipalities), Scope(bodies=bodies))
    yield official()


async def both(
    work: Work,
    by: Sequence[Dimension],
    actor: Actor,
    criteria: AppealFilter,
    figures: Sequence[Figure] = SHOWN,
) -> tuple[list[Figures], list[Figures], bool]:
    """The figures by rollups and by counting, and whether there were rollups for them."""
    span = span_for(APPEALS, by, actor, criteria, work.zone)
    found = []
    for way in (span, None):
        query = tally(APPEALS, actor, work.now, work.dialect, by, criteria, way, figures)
        found.append(figures_of(Figures, by, figures, (await work.session.execute(query)).all()))
    return found[0], found[1], span is not None


@pytest.mark.parametrize("pair", [*itertools.combinations(KEPT, 2)])
def test_any_two_dimensions_are_kept_together(pair: tuple[Dimension, Dimension]) -> None:
    cut = first_with(CUTS, pair)
    assert cut is not None
    assert cut.dimensions >= {*pair}


async def test_rollups_say_what_appeals_say(busy: Region) -> None:
    compared = groups = 0
    periods = itertools.cycle(PERIODS)
    async with busy.reading(system()) as work:
        officials = list(actors(await places(work)))
        dimensions = [*((d,) for d in Dimension), (), (Dimension.BLOCK, Dimension.STATE)]
        for actor, by in itertools.product(officials, dimensions):
            since, until = next(periods)
            criteria = AppealFilter(received_from=since, received_before=until)
            summed, counted, rolled = await both(work, by, actor, criteria)
            assert summed == counted, (actor, by, since, until)
            compared += rolled
            groups += len(summed)
    assert compared == 57
    assert groups > 200


BEGINNING = datetime(2025, 8, 1, tzinfo=UTC)
MOMENTS = st.none() | st.integers(0, 250 * 24 * 3600).map(
    lambda seconds: BEGINNING + timedelta(seconds=seconds)
)
FILTERS = st.builds(
    AppealFilter,
    states=st.lists(st.sampled_from(State), max_size=3),
    outcomes=st.lists(st.sampled_from(Outcome), max_size=2),
    channels=st.lists(st.sampled_from(["letter", "site", "feedback-platform"]), max_size=2),
    regime=st.none() | st.sampled_from(Regime),
    view=st.none() | st.sampled_from(View),
    queued=st.none() | st.booleans(),
    received_from=MOMENTS,
    received_before=MOMENTS,
    overdue=st.none() | st.booleans(),
    due_before=st.none() | st.just(datetime(2026, 3, 5, tzinfo=UTC)),
)


HOW_MANY = (Figure.TOTAL, Figure.OVERDUE)
QUESTIONS = 1_000 if "TSUR_TEST_PROOFS" in os.environ else 30
"""How many dimensions and filters a test is run with that takes any."""


def whatever(test: Any) -> Any:
    """Run a test with any dimensions and filter, and the number of one of `actors`."""
    bys = st.lists(st.sampled_from(Dimension), max_size=4, unique=True)
    shared = [HealthCheck.function_scoped_fixture]
    asked = given(bys, FILTERS, st.integers(0, 5))(test)
    return settings(max_examples=QUESTIONS, deadline=None, suppress_health_check=shared)(asked)


@whatever
async def test_whatever_is_asked(
    busy: Region, by: Sequence[Dimension], criteria: AppealFilter, number: int
) -> None:
    async with busy.reading(system()) as work:
        actor = list(actors(await places(work)))[number]
        fitting = visible(actor), matching(criteria, work.now, work.dialect)
        rows = await work.session.scalar(select(func.count()).select_from(Appeal).where(*fitting))
        for figures in (SHOWN, HOW_MANY):
            summed, counted, _ = await both(work, by, actor, criteria, figures)
            assert summed == counted
            assert sum(one.total for one in summed) == rows


@pytest.mark.parametrize("late", [True, False])
async def test_how_many_are_late_is_kept(busy: Region, late: bool) -> None:
    criteria = AppealFilter(overdue=late)
    async with busy.reading(system()) as work:
        ((every,), *_) = await both(work, (), system(), AppealFilter(), HOW_MANY)
        ((found,), *_) = await both(work, (), system(), criteria, HOW_MANY)
        span = span_for(APPEALS, (), system(), criteria, work.zone)
        asked = (system(), work.now, work.dialect, (), criteria, span)
        read = [str(tally(APPEALS, *asked, figures)) for figures in (HOW_MANY, (Figure.MARKS,))]
    expected = (every.overdue, every.overdue) if late else (every.total - every.overdue, 0)
    assert (found.total, found.overdue) == expected
    assert 0 < found.total < every.total
    assert ["rollup_cell" in text for text in read] == [True, False]


async def test_what_is_overdue_is_known_to_the_second(busy: Region, clock: FrozenClock) -> None:
    """Deadlines that pass after the fold count from that second on."""
    async with busy.reading(system()) as work:
        query = select(Appeal.due_at).where(Appeal.answered_at.is_(None), Appeal.due_at > work.now)
        due = (await work.session.scalars(query.order_by(Appeal.due_at))).first()
    assert due is not None
    found = []
    for moment in (due, due + timedelta(seconds=1)):
        clock.moment = moment
        async with busy.reading(system()) as work:
            summed, counted, rolled = await both(work, (), system(), AppealFilter())
        assert rolled
        assert summed == counted
        found.append(summed[0].overdue)
    assert found[1] > found[0]
