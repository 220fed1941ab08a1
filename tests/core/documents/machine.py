"""A machine that takes documents through everything at any time; what must be true of each after.

Use cases run on a real database: the machine lives in a thread of its own and hands them to the
loop of the test. `TSUR_TEST_DOCUMENTS` sets how many steps are taken, told apart by seeds so that
several workers share them; a life has 40 at most.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select, update

from core.directory.model import Appointment, Delegation, Person
from core.documents.deciding import Ruling, decide
from core.documents.drafting import NewDocument, draft, edit
from core.documents.kinds import NewChain, record_chain
from core.documents.model import Document
from core.documents.rules.kinds import DocumentDeed, DocumentStep, step
from core.documents.submission import restart, submit, withdraw
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.shapes.chains.model import DecisionRecord
from core.shapes.chains.rules import Ground
from tests.core.documents.offices import approved_rightly, holds
from tests.core.documents.people import TEXT, People, Plain
from tests.fixtures.actors import EVER

T = TypeVar("T")
STEPS = int(os.environ.get("TSUR_TEST_DOCUMENTS", "480"))
SHARES = -(-STEPS // 2000)
SHARE = -(-STEPS // SHARES)
LIFE = 40
SETTINGS = settings(
    stateful_step_count=LIFE,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
EXECUTOR, HEAD, CURATOR = Authority.EXECUTOR, Authority.HEAD, Authority.CURATOR
TWO_STEPS = (step(DocumentDeed.AGREE, HEAD), step(DocumentDeed.APPROVE, CURATOR))
TWO_OF_THREE = (step(DocumentDeed.APPROVE, EXECUTOR, HEAD, CURATOR, need=2),)
ALL_AT_ONCE = (
    step(DocumentDeed.AGREE, EXECUTOR),
    step(DocumentDeed.AGREE, HEAD, beside=True),
    step(DocumentDeed.APPROVE, CURATOR),
)
CHAINS = (TWO_STEPS, TWO_OF_THREE, ALL_AT_ONCE)
NAMES = ("executor", "head", "curator", "block-responsible", "deputy")
PARTIES = (EXECUTOR, HEAD, CURATOR)
GROUND = Ground(ActKind.REGULATION, "1", EVER)
someone, party = st.sampled_from(NAMES), st.sampled_from(PARTIES)


class Documents(RuleBasedStateMachine):
    """One document in a region of its own; `people` and `loop` are set by `live`."""

    people: People
    loop: asyncio.AbstractEventLoop
    steps_taken = 0
    approvals = 0

    def __init__(self) -> None:
        """Everybody is back in his own office, and nobody stands in for anybody."""
        super().__init__()
        self.shown: list[str] = ["0" * 64]
        self.wait(self._reset())

    def wait(self, what: Awaitable[T]) -> T:
        """The result of a use case, run by the loop of the test."""
        return asyncio.run_coroutine_threadsafe(_as_coroutine(what), self.loop).result()

    def attempt(self, what: Awaitable[T]) -> T | None:
        """The result, or None where it was refused."""
        try:
            return self.wait(what)
        except Refusal:
            return None

    @initialize(chain=st.sampled_from(CHAINS), through=st.booleans())
    def begin(self, chain: tuple[DocumentStep, ...], through: bool) -> None:
        """Half of the lives begin with a document in force, which chance alone seldom reaches."""
        type(self).steps_taken -= 1
        self.wait(self._record(chain))
        self.number = self.wait(self._draft())
        if through:
            self.hand_in("block-responsible")
            for by in PARTIES:
                self.say_for_oneself(by)

    @rule(who=someone, words=st.sampled_from(("иначе", "ещё иначе", "как было")))
    def change(self, who: str, words: str) -> None:
        self.attempt(self._edit(who, words))

    @rule(who=st.sampled_from(("block-responsible", "block-responsible", "deputy")))
    def hand_in(self, who: str) -> None:
        if self.attempt(self._submit(who)):
            self.shown.append(self.wait(self.people.seen(self.number)))

    @rule(who=someone, by=party, back=st.integers(0, 2), yes=st.sampled_from((True, True, False)))
    def say(self, who: str, by: Authority, back: int, yes: bool) -> None:
        seen = self.shown[max(-1 - back, -len(self.shown))]
        self.attempt(self._decide(who, by, seen, yes))

    @rule(by=party)
    def say_for_oneself(self, by: Authority) -> None:
        """What an office does rightly, so that most chains come to an end."""
        self.attempt(self._decide(by.value, by, self.shown[-1], yes=True))

    @rule(one=party, other=party, who=someone)
    def two_at_once(self, one: Authority, other: Authority, who: str) -> None:
        self.attempt(self._both(one, other, who))

    @rule(one=party, who=someone)
    def change_while_one_decides(self, one: Authority, who: str) -> None:
        self.attempt(self._race(one, who))

    @rule(role=st.sampled_from(NAMES[:4]))
    def lend(self, role: str) -> None:
        self.wait(self._lend(role))

    @rule(role=st.sampled_from(NAMES[:4]), other=party)
    def hold_two_offices(self, role: str, other: Authority) -> None:
        self.wait(self._appoint(role, other.value))

    @rule(who=someone, gone=st.booleans())
    def dismiss(self, who: str, gone: bool) -> None:
        self.wait(self._dismiss(who, gone))

    @rule(chain=st.sampled_from(CHAINS))
    def change_the_law(self, chain: tuple[DocumentStep, ...]) -> None:
        self.wait(self._record(chain))

    @rule(who=st.sampled_from(("block-responsible", "head")), again=st.booleans())
    def take_back(self, who: str, again: bool) -> None:
        if self.attempt(self._back(who, again)) and again:
            self.shown.append(self.wait(self.people.seen(self.number)))

    @precondition(lambda self: hasattr(self, "number"))
    @invariant()
    def approved_only_by_its_chain(self) -> None:
        type(self).steps_taken += 1
        type(self).approvals += self.wait(approved_rightly(self.people, self.number))

    async def _reset(self) -> None:
        async with self.people.region.work(system()) as work:
            await work.session.execute(update(Person).values(dismissed=None))
            await work.session.execute(delete(Delegation))
            extra = Appointment.ground != "для проверки"
            await work.session.execute(delete(Appointment).where(extra))

    async def _record(self, steps: tuple[DocumentStep, ...]) -> None:
        async with self.people.region.work(system()) as work:
            new = NewChain("passport", work.today, frozenset({"block-responsible"}), steps)
            await record_chain(work, new, GROUND)

    async def _draft(self) -> int:
        new = NewDocument("passport", "Проба", TEXT)
        async with self.people.region.work(self._actor("block-responsible")) as work:
            return (await draft(work, new)).id

    async def _edit(self, who: str, words: str) -> None:
        async with self.people.region.work(self._actor(who)) as work:
            row = await work.session.get_one(Document, self.number)
            fields = {**TEXT, "contents": words}
            await edit(work, self.number, row.revision, row.title, fields)

    async def _submit(self, who: str) -> bool:
        async with self.people.region.work(self._actor(who)) as work:
            row = await work.session.get_one(Document, self.number)
            await submit(work, self.number, row.revision, Plain())
        return True

    async def _decide(self, who: str, by: Authority, seen: str, yes: bool) -> None:
        ruling = Ruling(by, seen, None if yes else "нет")
        async with self.people.region.work(self._actor(who)) as work:
            await decide(work, self.number, ruling)
            query = select(DecisionRecord).order_by(DecisionRecord.id.desc()).limit(1)
            taken = (await work.session.scalars(query)).one()
            assert taken.version == seen
            assert await holds(self.people, taken, by), "не тот, кто занимает должность"

    async def _both(self, one: Authority, other: Authority, who: str) -> None:
        calls = (
            self._decide(one.value, one, self.shown[-1], yes=True),
            self._decide(who, other, self.shown[-1], yes=True),
        )
        _only_refusals(await asyncio.gather(*calls, return_exceptions=True))

    async def _race(self, one: Authority, who: str) -> None:
        calls = (
            self._edit(who, "в ту же минуту"),
            self._decide(one.value, one, self.shown[-1], yes=True),
        )
        _only_refusals(await asyncio.gather(*calls, return_exceptions=True))

    async def _lend(self, role: str) -> None:
        async with self.people.region.work(system()) as work:
            held = await self._own(work, role)
            deputy = self.people.actors["deputy"].person_id
            assert deputy is not None
            until = work.today + timedelta(days=1)
            work.session.add(
                Delegation(
                    appointment_id=held.id,
                    person_id=deputy,
                    since=work.today,
                    until=until,
                    reason="отпуск",
                )
            )

    async def _appoint(self, role: str, other: str) -> None:
        async with self.people.region.work(system()) as work:
            held = await self._own(work, other)
            work.session.add(
                Appointment(
                    person_id=self.people.actors[role].person_id,
                    role=other,
                    blocks=held.blocks,
                    municipalities=[],
                    ground="вторая должность",
                    since=EVER,
                )
            )

    async def _dismiss(self, who: str, gone: bool) -> None:
        async with self.people.region.work(system()) as work:
            person = await work.session.get_one(Person, self.people.actors[who].person_id)
            person.dismissed = work.today if gone else None

    async def _back(self, who: str, again: bool) -> bool:
        async with self.people.region.work(self._actor(who)) as work:
            if again:
                await restart(work, self.number, "иначе", Plain())
            else:
                await withdraw(work, self.number, "иначе")
        return True

    async def _own(self, work: Any, role: str) -> Appointment:
        person = self.people.actors[role].person_id
        query = select(Appointment).where(Appointment.person_id == person, Appointment.role == role)
        found: Appointment = (await work.session.scalars(query)).first()
        return found

    def _actor(self, who: str) -> Actor:
        """As an old token has it: with every permission, whatever the directory says by now."""
        return replace(self.people.actors[who], grants=self.people.actors["head"].grants)


def _only_refusals(found: Iterable[Any]) -> None:
    for one in found:
        if isinstance(one, BaseException) and not isinstance(one, Refusal):
            raise one


async def _as_coroutine(what: Awaitable[T]) -> T:
    return await what


async def live(people: People, share: int) -> tuple[int, int]:
    """Live until this share of the steps is taken; how many, and how often an approval was seen."""
    Documents.people, Documents.loop = people, asyncio.get_running_loop()
    Documents.steps_taken = Documents.approvals = 0
    for again in count(share, SHARES):
        lives = max(5, -(-(SHARE - Documents.steps_taken) // LIFE))
        machine = seed(again)(Documents)
        chosen = settings(SETTINGS, max_examples=lives)
        await asyncio.to_thread(run_state_machine_as_test, machine, settings=chosen)
        if Documents.steps_taken >= SHARE:
            break
    return Documents.steps_taken, Documents.approvals
