"""Ratings on a database: whose cases count, what is refused, what `between` quarters adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select, update

from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact, Outcome
from core.directory.model import Body
from core.kernel.access import ANONYMOUS, system
from core.kernel.errors import Refusal
from core.ratings.cases import by_subject, counted, had
from core.ratings.drafts import reading
from core.ratings.quarter import before, quarter_of
from core.ratings.rules import RatingMethod, Steps, StepUnit, quality, time
from core.ratings.scoring import Seen, Subject
from core.ratings.table import rating
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases, noon
from tests.core.ratings.volume import fact_of, returns
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
FIRST = quarter_of("2026-Q1")
DAY, AFTER = date(2026, 1, 10), date(2026, 1, 12)
REOPENED, KEPT = (
    (Fact.REOPENED, noon(date(2026, 2, 1))),
    (Fact.FULFILLED, noon(date(2026, 1, 30))),
)


class Filled(Cases):
    """Cases with the handovers of their ledgers."""

    async def held(
        self,
        many: int,
        *by: tuple[str, date],
        after: Sequence[tuple[Fact, datetime]] = (),
        **said: Any,
    ) -> None:
        """So many cases that these bodies got on these days, the last of them holding now.

        `after` is what else the ledger has of each.
        """
        async with self.region.work(system()) as work:
            ids = {body.key: body.id for body in await work.session.scalars(select(Body))}
            known = set(await work.session.scalars(select(Appeal.id)))
        body_id = ids[by[-1][0]]
        await self.received(many, on=by[0][1], body_id=body_id, **said)
        async with self.region.database.writing() as session:
            query = select(Appeal).where(Appeal.id.not_in(known))
            for row in await session.scalars(query):
                ways = [(Fact.TRANSFERRED, key, noon(on)) for key, on in by]
                ways[0] = (Fact.ROUTED, *ways[0][1:])
                told = [*returns(row), *after]
                facts = [*ways, *((fact, None, at) for fact, at in told)]
                for seq, (fact, key, at) in enumerate(facts, 1):
                    session.add(fact_of(row, seq, fact, at, key))


@pytest.fixture
async def filled(open_test_region: OpenRegion, clock: FrozenClock) -> Filled:
    region = await open_test_region("tests.grounds.polygon")
    clock.at(2026, 6, 1)
    async with region.work(system()) as work:
        for key, kind in (("a", "executive"), ("b", "executive"), ("c", "other")):
            work.session.add(Body(key=key, name=f"Орган {key}", kind=kind))
    return Filled(region)


async def test_whose_a_case_is(filled: Filled) -> None:
    """Of what came back the first answer is none, nor is what a message was promised till kept."""
    solved: dict[str, Any] = {"answered": date(2026, 1, 20)}
    promised: dict[str, Any] = {"answered": date(2026, 1, 11), "outcome": Outcome.PLANNED}
    await filled.held(1, ("a", DAY), ("b", AFTER), **solved)
    await filled.held(1, ("c", DAY), **solved)
    await filled.held(1, ("b", DAY), answered=date(2026, 1, 11), outcome=Outcome.FORWARDED)
    await filled.held(1, ("b", DAY), answered=date(2026, 3, 12))
    await filled.held(1, ("b", DAY), reworks=1, **solved)
    await filled.held(1, ("b", DAY), after=[REOPENED], reworks=1, **solved)
    await filled.held(1, ("b", DAY), **promised)
    await filled.held(1, ("b", DAY), after=[KEPT], **promised)
    await filled.held(1, ("b", DAY), regime="message", **promised)
    await filled.held(1, ("b", DAY), after=[KEPT], regime="message", **promised)
    await filled.held(1, ("b", DAY), in_federal_view=False, **solved)
    await filled.held(1, ("b", date(2025, 12, 31)), **solved)
    await filled.held(1, ("b", date(2025, 12, 31)), ("c", DAY), ("b", AFTER), **solved)
    async with filled.region.work(system()) as work:
        method = work.rules.get(RatingMethod, "federal", FIRST.last_day)
        told = await counted(work, method, [FIRST, before(FIRST)], work.actor)
        for quarter, grouped in told.items():
            each = by_subject(await had(work, method, quarter, work.actor))
            assert {one: Counter(seen) for one, seen in each.items()} == grouped
    found = told[FIRST]
    assert [*told[before(FIRST)]] == [Subject("b")]
    assert found.pop(Subject("a")) == {Seen(): 1}
    assert found.pop(Subject("b")) == {
        Seen(): 3,
        Seen(returned=True): 1,
        Seen(1): 1,
        Seen(1, merits=True): 1,
        Seen(8, merits=True): 1,
        Seen(10, merits=True, returned=True): 1,
        Seen(20, merits=True): 1,
    }
    assert found == {}


@pytest.mark.clause("kursk.958/pol.4.3.4.criteria", "mari-el.335/pol.9.7.criteria")
async def test_quality_knows_what_the_check_gave_back(filled: Filled) -> None:
    """A draft that the centre returned is no quality of whoever had the case then, and of no other.

    A method that does not rate quality is told nothing of it.
    """
    check = [(Fact.DRAFT_RETURNED, noon(date(2026, 1, 15)))]
    solved: dict[str, Any] = {"answered": date(2026, 1, 20)}
    await filled.held(1, ("a", DAY), ("b", AFTER), after=check, **solved)
    await filled.held(1, ("b", DAY), after=check, **solved)
    await filled.held(1, ("b", DAY), **solved)
    async with filled.region.work(system()) as work:
        federal = work.rules.get(RatingMethod, "federal", FIRST.last_day)
        judging = replace(federal, criteria=(*federal.criteria, quality(federal.clause)))
        told = {}
        for method in (federal, judging):
            each = by_subject(await had(work, method, FIRST, work.actor))
            told[method] = {one: Counter(seen) for one, seen in each.items()}
            assert (await counted(work, method, [FIRST], work.actor))[FIRST] == told[method]
    assert reading(federal) != reading(judging), "the laboratory reads the cases of each apart"
    assert told[federal][Subject("b")] == {Seen(8, merits=True): 1, Seen(10, merits=True): 2}
    assert told[judging] == {
        Subject("a"): {Seen(): 1},
        Subject("b"): {
            Seen(8, merits=True, returned=True): 1,
            Seen(10, merits=True, returned=True): 1,
            Seen(10, merits=True): 1,
        },
    }


async def test_hours_are_told_to_the_second(filled: Filled) -> None:
    """Within so many hours is within them: one that has begun counts, through nights as by days."""
    lengths = [0, 1, 86_399, 86_400, 86_401, 90_000]
    for length in lengths:
        await filled.held(1, ("a", DAY), answered=AFTER)
        async with filled.region.database.writing() as session:
            last = select(func.max(Appeal.id)).scalar_subquery()
            at = {"answered_at": noon(DAY) + timedelta(seconds=length)}
            await session.execute(update(Appeal).where(Appeal.id == last).values(**at))
    async with filled.region.work(system()) as work:
        federal = work.rules.get(RatingMethod, "federal", FIRST.last_day)
        urgent = time(federal.clause, within=Steps(((24, Fraction(1)),), StepUnit.HOURS))
        method = replace(federal, criteria=(urgent,))
        seen = by_subject(await had(work, method, FIRST, work.actor))[Subject("a")]
        told = (await counted(work, method, [FIRST], work.actor))[FIRST]
    assert [(one.days, one.hours) for one in seen] == [
        (0, 0), (0, 1), (0, 24), (1, 24), (1, 25), (1, 25),
    ]  # fmt: skip
    assert [one.score(method) for one in seen] == [100, 100, 100, 100, 0, 0]
    assert told == {Subject("a"): Counter(seen)}


async def test_a_case_counts_once_it_was_followed_for_the_full_days(
    filled: Filled, clock: FrozenClock
) -> None:
    await filled.held(1, ("a", date(2026, 3, 31)))
    for day, many in ((29, 0), (30, 1)):
        clock.moment = noon(date(2026, 5, day))
        async with filled.region.work(system()) as work:
            method = work.rules.get(RatingMethod, "federal", FIRST.last_day)
            found = (await counted(work, method, [FIRST], work.actor))[FIRST]
        assert found == ({Subject("a"): {Seen(): 1}} if many else {})


async def test_a_rating_of_a_quarter(filled: Filled) -> None:
    few = "Объектов, у которых не меньше 93 обращений: 0."
    async with filled.region.work(system()) as work:
        with pytest.raises(Refusal) as refused:
            await rating(work, "federal", FIRST)
    assert refused.value.code == "WRONG_STATE"
    assert refused.value.sentence.startswith(f"{few} Основание: подп. «б» п. 10 ")
    await filled.held(93, ("a", DAY), answered=date(2026, 1, 20))
    await filled.held(31, ("b", DAY), answered=date(2026, 1, 20))
    await filled.held(62, ("b", DAY), answered=date(2026, 2, 20))
    async with filled.region.work(system()) as work:
        found = await rating(work, "federal", FIRST)
    best, last = found.entries
    assert (best.name, last.name) == ("Орган a", "Орган b")
    assert best.sums.mean == 100
    assert last.sums.mean == Fraction(100 * (31 + 93), 2 * 93)
    assert found.groups[0].between == 0


@pytest.mark.parametrize(
    ("key", "period", "code", "said"),
    [
        ("beauty", "2026-Q1", "NOT_PROVIDED", "Методики «beauty» нет. Есть: federal, municipal"),
        ("federal", "2026-Q2", "DATE_OUT_OF_RANGE", "Ещё не закончился 2-й квартал 2026 года"),
        ("municipal", "2026-Q1", "NOT_PROVIDED", "цифровая трансформация .* п. 10.1."),
        ("municipal", "2021-Q4", "NOT_PROVIDED", "Методики «municipal» нет. Есть: federal"),
    ],
)
async def test_refusals(filled: Filled, key: str, period: str, code: str, said: str) -> None:
    async with filled.region.work(system()) as work:
        with pytest.raises(Refusal, match=said) as refused:
            await rating(work, key, quarter_of(period))
        assert refused.value.code == code
    async with filled.region.work(ANONYMOUS) as work:
        with pytest.raises(Refusal):
            await rating(work, key, quarter_of(period))
