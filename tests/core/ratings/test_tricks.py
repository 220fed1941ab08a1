"""No trick of a body raises what is told of it: random histories, each beside itself with a trick.

`make histories` plays ten thousand of each. A history is a body of a few cases; it stands in the
ledgers twice, under two names, and the product's own reading tells what became of either.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import insert

from core.appeals.duplicates.model import Cluster
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from core.law.periods import Period, Periodicity, period_of
from core.ratings.cases import NO_EVENT, by_subject, had
from core.ratings.quarter import quarter_of
from core.ratings.rules import RatingMethod
from core.ratings.scoring import Seen, Subject, sums
from core.statistics.survival import Spell, history_of, survival
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases, noon
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
HISTORIES = int(os.environ.get("TSUR_TEST_HISTORIES", "40"))
START, DAY = noon(date(2026, 1, 2)), timedelta(days=1)
QUARTER = quarter_of("2026-Q1")
NEXT = period_of(QUARTER.end, Periodicity.QUARTER)
OTHER, FORMAL = "other", sorted(NO_EVENT)
LONG = 85
"""Days after START on which a case may still be got: the quarter has ninety."""


@dataclass(frozen=True)
class Life:
    """One case: got on a day after START, answered so many days later, or never.

    `given` are days on which somebody else got it, each with the day on which it came back or None.
    """

    got: int
    days: int | None
    given: tuple[int, int | None] | None = None
    outcome: Outcome = Outcome.SOLVED
    returned: int | None = None
    registered: int = 0
    message: bool = False
    cluster: bool = False

    def put_off(self, days: int) -> Life:
        """Answered so much later."""
        return self if self.days is None else replace(self, days=self.days + days)

    def facts(self, body: str) -> Iterator[tuple[Fact, int, str | None]]:
        """The ledger, by days after START."""
        yield Fact.ROUTED, self.got, body
        told: list[tuple[int, int, Fact, str | None]] = []
        if self.given is not None:
            away, back = self.given
            told.append((self.got + away, 0, Fact.TRANSFERRED, OTHER))
            if back is not None:
                told.append((self.got + away + back, 1, Fact.RETURNED, body))
        if self.returned is not None:
            told.append((self.got + self.returned, 2, Fact.ANSWERED, None))
            told.append((self.got + self.returned, 3, Fact.REOPENED, None))
        if self.days is not None and self.outcome not in NO_EVENT:
            told.append((self.got + self.days, 4, Fact.ANSWERED, None))
        yield from ((fact, day, key) for day, _, fact, key in sorted(told))

    def first_answer(self) -> int | None:
        """When the first answer was sent, which the case remembers."""
        return self.days if self.returned is None else self.returned


Trick = Callable[[random.Random, list[Life]], list[Life]]


def some(chance: random.Random, lives: list[Life], do: Callable[[Life], Life]) -> list[Life]:
    """The same with some of them done so."""
    return [do(one) if chance.random() < 0.5 else one for one in lives]


def handed_on(chance: random.Random, lives: list[Life]) -> list[Life]:
    """Any of them on any day; whoever got it answers it when he will."""

    def give(one: Life) -> Life:
        away, later = chance.randrange(90), chance.randrange(60)
        return replace(one, given=(away, None), days=chance.choice([None, away + later]))

    return some(chance, lives, give)


def away_over_the_end(chance: random.Random, lives: list[Life]) -> list[Life]:
    """Given away before the period's end and got back after it."""

    def give(one: Life) -> Life:
        away = chance.randrange(90 - one.got)
        back = 90 - one.got - away + chance.randrange(1, 20)
        late = None if one.days is None else max(one.days, away + back)
        return replace(one, given=(away, back), days=late)

    return some(chance, lives, give)


def put_off(chance: random.Random, lives: list[Life]) -> list[Life]:
    return some(chance, lives, lambda one: one.put_off(chance.randrange(60)))


def promised(chance: random.Random, lives: list[Life]) -> list[Life]:
    """A message is answered at once by a day that is named, and the day is not kept."""
    lives = [replace(one, message=True) for one in lives]
    return some(chance, lives, lambda one: replace(one, days=0, outcome=Outcome.PLANNED))


def closed_formally(chance: random.Random, lives: list[Life]) -> list[Life]:
    return some(
        chance, lives, lambda one: replace(one, days=0, outcome=Outcome(chance.choice(FORMAL)))
    )


def reopened(chance: random.Random, lives: list[Life]) -> list[Life]:
    """Answered at once in whatever way, returned by a dispute, then answered when it would be."""
    return some(chance, lives, lambda one: replace(one, returned=chance.randrange(3)).put_off(3))


def registered_late(chance: random.Random, lives: list[Life]) -> list[Life]:
    return some(chance, lives, lambda one: replace(one, registered=chance.randrange(90)))


def merged(chance: random.Random, lives: list[Life]) -> list[Life]:
    """Two in one cluster, both answered once both are ready."""
    if len(lives) < 2:
        return lives
    one, other, *rest = chance.sample(lives, len(lives))
    days = None if one.days is None or other.days is None else max(one.days, other.days)
    return [*(replace(each, cluster=True, days=days) for each in (one, other)), *rest]


def easy_first(chance: random.Random, lives: list[Life]) -> list[Life]:
    """The sooner half is answered as before, the harder waits, for ever or not."""
    ordered = sorted(lives, key=lambda one: 99 if one.days is None else one.days)
    half = len(ordered) // 2
    wait = [replace(one, days=None) if chance.random() < 0.5 else one.put_off(chance.randrange(60))
            for one in ordered[half:]]  # fmt: skip
    return [*ordered[:half], *wait]


TRICKS: tuple[Trick, ...] = (
    handed_on, away_over_the_end, put_off, promised, closed_formally, reopened, registered_late,
    merged, easy_first,
)  # fmt: skip


def history(chance: random.Random) -> list[Life]:
    """A few cases, four of five answered."""
    return [
        Life(chance.randrange(LONG), chance.randrange(70) if chance.random() < 0.8 else None)
        for _ in range(chance.randint(1, 5))
    ]


async def play(region: Region, played: Mapping[str, Sequence[Life]]) -> None:
    """All of them into the tables."""
    async with region.database.writing() as session:
        keys = [*played, OTHER]
        ids = {key: 1_000 + at for at, key in enumerate(keys)}
        rows = [{"id": ids[key], "key": key, "name": key, "kind": "executive"} for key in keys]
        await session.execute(insert(Body), rows)
        session.add(Cluster(id=1, opened_at=START, theme="roads"))
        await session.flush()
        cases = [(key, one) for key, lives in played.items() for one in lives]
        appeals = [_row(region, ids, at, *case) for at, case in enumerate(cases, 1)]
        await session.execute(insert(Appeal), appeals)
        lines = [line for at, case in enumerate(cases, 1) for line in _lines(at, *case)]
        await session.execute(insert(LedgerEntry), lines)


def _row(region: Region, ids: Mapping[str, int], at: int, body: str, one: Life) -> dict[str, Any]:
    gone = one.given is not None and one.given[1] is None
    first = one.first_answer()
    made = Cases(region).row(
        _on(one.got),
        None if first is None else _on(one.got + first),
        number=f"т-{at}",
        external_id=f"т-{at}",
        body_id=ids[OTHER if gone else body],
        registered_at=_on(one.got + one.registered),
        regime="message" if one.message else "appeal",
        cluster_id=1 if one.cluster else None,
        reworks=0 if one.returned is None else 1,
        outcome=None if first is None else one.outcome,
        state=State.IN_WORK if first is None else State.ANSWERED,
        id=at,
    )
    columns = Appeal.__table__.columns.keys()
    return {name: getattr(made, name) for name in columns if name in made.__dict__}


def _lines(at: int, body: str, one: Life) -> Iterator[dict[str, Any]]:
    for seq, (fact, day, key) in enumerate(one.facts(body), 1):
        yield {
            "appeal_id": at, "seq": seq, "fact": fact, "at": _on(day), "recorded_at": _on(day),
            "actor": "system", "body": key, "data": {},
        }  # fmt: skip


def _on(day: int) -> datetime:
    return START + day * DAY


async def told(region: Region, quarter: Period) -> Mapping[Subject, Sequence[Seen]]:
    async with region.reading(system()) as work:
        method = work.rules.get(RatingMethod, "federal", QUARTER.last_day)
        return by_subject(await had(work, method, quarter, work.actor))


def answered(seen: Sequence[Seen], day: int) -> Fraction:
    """The share answered by the end of the day."""
    return Fraction(sum(one.days is not None and one.days <= day for one in seen), len(seen))


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
async def test_no_trick_raises_the_share_answered_or_the_score(
    open_test_region: OpenRegion, clock: FrozenClock, trick: Trick
) -> None:
    clock.at(2026, 10, 1)
    region = await open_test_region("tests.grounds.polygon")
    played: dict[str, list[Life]] = {}
    for number in range(HISTORIES):
        lives = history(random.Random(f"life {number}"))
        plain = [replace(one, message=trick is promised) for one in lives]
        played[f"plain-{number}"] = plain
        played[f"trick-{number}"] = trick(random.Random(f"trick {number}"), plain)
    await play(region, played)
    async with region.reading(system()) as work:
        method = work.rules.get(RatingMethod, "federal", QUARTER.last_day)
    found, later = await told(region, QUARTER), await told(region, NEXT)
    assert all(one.body == OTHER for one in later), "nothing moves into the next quarter"
    for number in range(HISTORIES):
        before, after = (found[Subject(f"{name}-{number}")] for name in ("plain", "trick"))
        assert len(before) == len(after), "nobody gets below the least volume"
        assert sums(after, method).mean <= sums(before, method).mean, number
        for day in (1, 5, 10, 20, 30, 45, 60):
            assert answered(after, day) <= answered(before, day), (number, day)


def test_with_transfers_as_censoring_handing_on_pays() -> None:
    """The same histories by Kaplan-Meier, who was handed on lost from sight: often more is told."""
    raised, many = 0, max(HISTORIES, 300)
    for number in range(many):
        lives = history(random.Random(f"life {number}"))
        tricked = handed_on(random.Random(f"trick {number}"), lives)
        before, after = ([*survival(history_of(map(_spell, some)))] for some in (lives, tricked))
        raised += any(_left(after, day) < _left(before, day) for day in range(60))
    assert raised > many / 20


def _spell(one: Life) -> Spell:
    return Spell(60, one.days, one.given[0] if one.given else None)


def _left(curve: Sequence[tuple[int, float]], day: int) -> float:
    return min((share for at, share in curve if at <= day), default=1.0)
