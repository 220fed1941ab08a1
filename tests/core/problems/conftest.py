"""Kursk with who keeps its problems, who answers for measures, who looks on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

import pytest

from core.appeals.figures.subject import APPEALS
from core.directory.model import Body, Person, Position
from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.problems.model import (
    Problem,
    ProblemCase,
    ProblemCategory,
    ProblemCause,
    ProblemMeasure,
    ProblemStep,
    Sighting,
)
from core.shapes.figures.folding import fold
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import actor_with
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts

PLACE, OTHER = "kurskiy", "belovskiy"
WRITTEN = (
    Problem,
    ProblemCase,
    ProblemCategory,
    ProblemCause,
    ProblemMeasure,
    ProblemStep,
    Sighting,
    JournalEntry,
)
Step = Callable[[Work], Awaitable[object]]


@dataclass(frozen=True)
class Desk:
    """A region with its cases, its head, an official of a body and one of a company."""

    region: Region
    clock: FrozenClock
    cases: Cases
    head: Actor
    onlooker: Actor
    official: int
    outsider: int

    async def does(self, step: Step, actor: Actor | None = None) -> object:
        async with self.region.work(actor or self.head) as work:
            return await step(work)

    async def refused(self, step: Step, actor: Actor | None = None) -> tuple[str, str]:
        """Code and clause of a refusal, after which nothing more stands written."""
        rows = await self._rows()
        with pytest.raises(Refusal) as caught:
            await self.does(step, actor)
        assert await self._rows() == rows
        clause = caught.value.clause
        return caught.value.code.value, clause.ref if clause else ""

    async def everywhere(self, months: dict[date, int], theme: str = "roads") -> None:
        """So many cases in the middle of each month, in every municipality but PLACE."""
        for one in self.region.rules.all(Municipality, self.region.now().date()):
            if one.key != PLACE:
                await self.cases.spread(months, municipality=one.key, theme=theme)

    async def folded(self) -> None:
        async with self.region.work(system()) as work:
            await fold(work, APPEALS)

    async def _rows(self) -> list[int]:
        return await counts(self.region, *WRITTEN)


@pytest.fixture
async def desk(open_test_region: OpenRegion, clock: FrozenClock) -> Desk:
    return await opened(await open_test_region("kursk"), clock)


async def opened(region: Region, clock: FrozenClock) -> Desk:
    clock.at(2026, 3, 10)
    async with region.work(system()) as work:
        people = []
        for key, kind in (("check-body", "executive"), ("check-firm", "organisation")):
            body = Body(key=key, name=f"Проверочный {kind}", kind=kind)
            work.session.add(body)
            await work.session.flush()
            position = Position(body_id=body.id, name="Начальник отдела", rank="unit-head")
            work.session.add(position)
            await work.session.flush()
            person = Person(subject=key, name=f"Ответственный {kind}", position_id=position.id)
            work.session.add(person)
            await work.session.flush()
            people.append(person.id)
    head, onlooker = actor_with(region, "head"), actor_with(region, "coordinator")
    return Desk(region, clock, Cases(region), head, onlooker, *people)
