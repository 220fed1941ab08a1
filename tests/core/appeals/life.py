"""A machine that lives the lives of appeals: any step at any time, and what must be true after it.

Steps go through the use cases on a real database; the machine runs in a thread of its own and
hands them to the loop of the test. `TSUR_TEST_LIVES` sets how many lives a region has, and
`TSUR_TEST_SEED` draws others than those of every run.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.complaints import name_body, name_official
from core.appeals.intake.new import NewAppeal
from core.appeals.model import LedgerEntry
from core.appeals.prolongation import prolong
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.lifecycle import Fact, Outcome
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.model import Survey
from core.appeals.satisfaction.objections import pending_dispute
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.appeals.send_back import send_back
from core.kernel.access import ANONYMOUS, system
from core.kernel.work import Work
from tests.core.appeals.life_checks import Seen, check
from tests.core.appeals.world import BODIES, LONE, MOST_CASES, RECEIVERS, UNDER, WRITER, Step, World
from tests.fixtures.actors import actor_with
from tests.fixtures.answers import sent
from tests.fixtures.links import newest_token

LIVES = int(os.environ.get("TSUR_TEST_LIVES", "3"))
SEED = os.environ.get("TSUR_TEST_SEED")
SETTINGS = settings(
    max_examples=LIVES,
    stateful_step_count=24,
    deadline=None,
    database=None,
    derandomize=SEED is None,
    suppress_health_check=list(HealthCheck),
)


class Life(RuleBasedStateMachine):
    """Several appeals at once; `world` is set by `live`."""

    world: World
    cases = Bundle("cases")
    taken = 0

    def __init__(self) -> None:
        """Each life begins at the same moment."""
        super().__init__()
        self.world.clock.moment = self.world.start
        self.seen: dict[int, Seen] = {}

    @initialize(
        target=cases,
        letter=st.booleans(),
        theme=st.sampled_from(["roads", None]),
        far=st.sampled_from(("taken in", "in work", "answered", "closed", "closed")),
    )
    def begin(self, letter: bool, theme: str | None, far: str) -> int:
        """A case that has come some way already: most of a life is after the answer."""
        case = self._take(letter, theme, BODIES[0], None)
        if far != "taken in":
            self.route(case, BODIES[0])
            self.accept(case)
        if far in ("answered", "closed"):
            self.answer(case)
        if far == "closed":
            self.close(case)
        return case

    @precondition(lambda self: len(self.seen) < MOST_CASES)
    @rule(
        target=cases,
        letter=st.booleans(),
        theme=st.sampled_from(["roads", None]),
        addressee=st.sampled_from(RECEIVERS),
        about=st.sampled_from([None, *RECEIVERS]),
    )
    def take_in(self, letter: bool, theme: str | None, addressee: str, about: str | None) -> int:
        return self._take(letter, theme, addressee, about)

    @precondition(lambda self: len(self.seen) < MOST_CASES)
    @rule(target=cases, case=cases)
    def object_to(self, case: int) -> int:
        """The applicant disagrees by a new letter; refused, the old case stands in its place."""
        number = self.world.wait_for(self.world.appeal(case)).number
        new = self._letter("letter", "roads", None)._replace(disputes=number)
        taken = self.world.wait_for(self.world.take(new))
        if taken is None:
            return case
        self.seen[taken] = Seen()
        return taken

    @rule(case=cases)
    def dispute_by_the_link(self, case: int) -> None:
        async def say(work: Work) -> None:
            last = select(Survey.id).where(Survey.appeal_id == case).limit(1)
            if await work.session.scalar(last) is not None:
                token = await newest_token(work, case)
                await answer_survey(work, token, Opinion(1, dispute="Яма на месте"))

        self.world.wait_for(self.world.attempt(ANONYMOUS, say))

    @rule(case=cases, upheld=st.booleans())
    def judge(self, case: int, upheld: bool) -> None:
        async def decide(work: Work) -> None:
            dispute = await work.session.scalar(pending_dispute(case))
            if dispute is not None:
                await judge(work, dispute.id, upheld=upheld, verdict="проверено на месте")

        region = self.world.region
        self.world.wait_for(self.world.attempt(actor_with(region, "curator"), decide))

    @rule(case=cases, body=st.sampled_from(RECEIVERS))
    def forward(self, case: int, body: str) -> None:
        self._step("body-official", case, lambda w: handover.transfer(w, case, body, "не наше"))

    @rule(case=cases, body=st.sampled_from(RECEIVERS))
    def route(self, case: int, body: str) -> None:
        self._step("body-official", case, lambda w: handover.route(w, case, body, "по теме"))

    @rule(case=cases)
    def give_back(self, case: int) -> None:
        self._step("body-official", case, lambda w: handover.return_case(w, case, "не наше"))

    @rule(case=cases)
    def accept(self, case: int) -> None:
        self._step("body-official", case, lambda w: handover.accept(w, case))

    @rule(case=cases, days=st.integers(1, 40))
    def prolong(self, case: int, days: int) -> None:
        appeal = self.world.wait_for(self.world.appeal(case))
        until: date = (appeal.due_at or self.world.clock.moment).date() + timedelta(days=days)
        self._step("body-head", case, lambda w: prolong(w, case, until, "экспертиза", "продлён"))

    @rule(case=cases)
    def answer(self, case: int) -> None:
        explained = sent(answers.NewAnswer("Разъясняем.", Outcome.EXPLAINED))
        self._step("body-official", case, lambda w: handover.accept(w, case))
        self._step("body-head", case, lambda w: answers.answer(w, case, explained))

    @rule(case=cases)
    def close(self, case: int) -> None:
        self._step("body-official", case, lambda w: answers.close(w, case))

    @rule(case=cases, number=st.integers(0, 6))
    def name_official(self, case: int, number: int) -> None:
        """The complaint is about one of the officials there are."""
        named = list(self.world.officials.values())[number]
        assert named.person_id is not None
        person = named.person_id
        coordinator = actor_with(self.world.region, "coordinator")
        name = self.world.attempt(coordinator, lambda w: name_official(w, case, person, "на него"))
        self.world.wait_for(name)

    @rule(case=cases, body=st.sampled_from(RECEIVERS))
    def name_body(self, case: int, body: str) -> None:
        coordinator = actor_with(self.world.region, "coordinator")
        name = self.world.attempt(coordinator, lambda w: name_body(w, case, body, "на него"))
        self.world.wait_for(name)

    @rule(case=cases)
    def send_back(self, case: int) -> None:
        coordinator = actor_with(self.world.region, "coordinator")
        give = self.world.attempt(coordinator, lambda w: send_back(w, case, "решение об отказе"))
        self.world.wait_for(give)

    @rule(case=cases)
    def withdraw(self, case: int) -> None:
        async def take_back(work: Work) -> None:
            await withdraw(work, case, Statement(work.today, "вх. 7"))

        self.world.wait_for(self.world.attempt(system(), take_back))

    @rule(hours=st.integers(1, 400))
    def wait(self, hours: int) -> None:
        self.world.clock.forward(hours=hours)

    @invariant()
    def every_record_is_true(self) -> None:
        """Of every case there is; and time goes on, so that no two facts have one moment."""

        async def look() -> None:
            async with self.world.region.reading(system()) as work:
                for case in self.seen:
                    self.seen[case] = await check(work, case, self.seen[case])

        self.world.wait_for(look())
        self.world.clock.forward(seconds=1)

    def _take(self, letter: bool, theme: str | None, addressee: str, about: str | None) -> int:
        channel = "letter" if letter else self.world.message
        new = self._letter(channel, theme, addressee)._replace(complained_body=about)
        taken = self.world.wait_for(self.world.take(new))
        assert taken is not None
        self.seen[taken] = Seen()
        return taken

    def _letter(self, channel: str, theme: str | None, addressee: str | None) -> NewAppeal:
        type(self).taken += 1
        number = f"ж-{type(self).taken}"
        return NewAppeal(channel, number, "Яма.", theme=theme, addressee=addressee, contact=WRITER)

    def _step(self, role: str, case: int, step: Step) -> None:
        async def take() -> None:
            appeal = await self.world.appeal(case)
            await self.world.attempt(self.world.official(role, appeal), step)

        self.world.wait_for(take())
        self.world.clock.forward(seconds=1)


async def live(world: World) -> None:
    """So many lives of the world's region."""
    machine = type("LifeOfARegion", (Life,), {"world": world})
    drawn = machine if SEED is None else seed(int(SEED))(machine)
    await asyncio.to_thread(run_state_machine_as_test, drawn, settings=SETTINGS)


async def course(world: World) -> set[Fact]:
    """One life that has everything in it, checked at every step; gives the facts it came to."""
    machine = type("TheCourse", (Life,), {"world": world})
    await asyncio.to_thread(_take_the_course, machine)
    async with world.region.database.reading() as session:
        return {Fact(fact) for fact in await session.scalars(select(LedgerEntry.fact).distinct())}


def _take_the_course(machine: type[Life]) -> None:
    life = machine()
    first, second = BODIES
    case = life.begin(letter=True, theme=None, far="in work")
    fresh = life.begin(letter=True, theme="roads", far="taken in")
    steps: list[Callable[[], object]] = [
        lambda: life.forward(case, second),
        lambda: life.give_back(case),
        lambda: life.forward(case, second),
        lambda: life.accept(case),
        lambda: life.prolong(case, 20),
        lambda: life.wait(400),
        lambda: life.answer(case),
        lambda: life.object_to(case),
        lambda: life.judge(case, upheld=True),
        lambda: life.wait(200),
        lambda: life.answer(case),
        lambda: life.close(case),
        lambda: life.dispute_by_the_link(case),
        lambda: life.wait(400),
        lambda: life.judge(case, upheld=True),
        lambda: life.answer(case),
        lambda: life.close(case),
        lambda: life.dispute_by_the_link(case),
        lambda: life.judge(case, upheld=False),
        lambda: life.withdraw(life.object_to(case)),
        lambda: life.route(fresh, first),
        lambda: life.name_official(fresh, 0),
        lambda: life.accept(fresh),
        lambda: life.withdraw(fresh),
    ]
    alone = life.take_in(letter=True, theme=None, addressee=LONE, about=None)
    lower = life.take_in(letter=True, theme=None, addressee=UNDER, about=None)
    steps += [
        lambda: life.name_official(alone, 4),
        lambda: life.route(alone, LONE),
        lambda: life.send_back(alone),
        lambda: life.route(lower, UNDER),
        lambda: life.accept(lower),
        lambda: life.name_body(lower, second),
        lambda: life.route(lower, UNDER),
        lambda: life.route(lower, first),
        lambda: life.answer(lower),
        lambda: life.object_to(lower),
        lambda: life.name_body(lower, first),
        lambda: life.judge(lower, upheld=True),
    ]
    for step in steps:
        step()
        life.every_record_is_true()
