"""One case as it is lived: what has happened to it by now, and who held it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.demo.law import Law
from core.demo.season import office
from core.demo.world import World
from core.kernel.rules.calendar import local_date

OFFICIAL = "demo-official-{body}"
HEAD = "demo-head-{body}"
COORDINATOR = "demo-coordinator"
CURATOR = "demo-curator"
APPLICANT = "applicant"


class NotYet(Exception):
    """The next step lies in the future: the case stands where it is."""


@dataclass(frozen=True, slots=True)
class Step:
    """A fact for the ledger."""

    fact: Fact
    at: datetime
    actor: str
    clause: str | None
    body: str | None = None
    reason: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Reply:
    """An answer: drafted, then signed by the head, then handed to the post `at` some moment."""

    written_at: datetime
    author: str
    body: str
    outcome: Outcome
    text: str
    plan_date: date | None
    signer: str | None = None
    signed_at: datetime | None = None
    at: datetime | None = None
    late: bool | None = None
    number: str | None = None
    returned_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(slots=True)
class Quarrel:
    """A dispute, and how it was judged if it was."""

    opened_at: datetime
    body: str
    reason: str
    judged_at: datetime | None = None
    upheld: bool | None = None
    verdict: str | None = None


@dataclass(slots=True)
class Poll:
    """The survey of one closing, the applicant's mark, and the dispute that it opened."""

    issued_at: datetime
    answered_at: datetime | None = None
    mark: int | None = None
    quarrel: Quarrel | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where intake left a case. Bodies are keys; moments are aware UTC.

    `due_at` is the governing deadline, `prolongable_at` the one that may be put off, of so many
    `days` from registration.
    """

    theme: str | None
    municipality: str | None
    holder: str | None
    barred: frozenset[str]
    registered_at: datetime
    due_at: datetime | None
    prolongable_at: datetime | None
    days: int


@dataclass
class Life:
    """A case between intake and the present. Every step raises NotYet if it lies beyond."""

    world: World
    law: Law
    rng: Random
    start: Start
    moment: datetime
    held_since: datetime
    holder: str | None
    state: State
    previous: str | None = None
    due_at: datetime | None = None
    prolongable_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    transfers: int = 0
    prolonged_days: int = 0
    plan_date: date | None = None
    prolonged_to: date | None = None
    reworks: int = 0
    closed_at: datetime | None = None
    outcome: Outcome | None = None

    @classmethod
    def begin(cls, world: World, law: Law, rng: Random, start: Start) -> Life:
        """The case as intake left it."""
        state = State.ASSIGNED if start.holder else State.QUEUED
        return cls(
            world,
            law,
            rng,
            start,
            start.registered_at,
            start.registered_at,
            start.holder,
            state,
            due_at=start.due_at,
            prolongable_at=start.prolongable_at,
        )

    def chance(self, share: float) -> bool:
        """Whether what happens in this share of cases happens in this one."""
        return self.rng.random() < share

    def after(self, *, least: float, most: float) -> datetime:
        """A working hour between so many days after the last step."""
        wait = timedelta(days=self.rng.uniform(least, most))
        return office(self.rng, self.moment + wait, self.world.zone)

    def soon(self) -> datetime:
        """Minutes after the last step, whatever the hour."""
        return self.moment + timedelta(minutes=self.rng.randrange(1, 15))

    def reach(self, at: datetime) -> datetime:
        """Move on to a moment, to the second; NotYet if it has not come."""
        at = max(at, self.moment + timedelta(minutes=1)).replace(microsecond=0)
        if at > self.world.until:
            raise NotYet
        self.moment = at
        return at

    def note(self, key: str, fact: Fact, actor: str, **said: Any) -> None:
        """Write the step `key` of the lifecycle at this moment."""
        self.steps.append(Step(fact, self.moment, actor, self.law.clauses.get(key), **said))

    def say(self, step: str) -> str:
        """A reason for the step."""
        return self.world.vocabulary.reason(self.rng, step)

    def move(self, body: str) -> None:
        """Another body holds the case from now on and has to accept it."""
        self.previous, self.holder, self.state = self.holder, body, State.ASSIGNED
        self.held_since = self.moment

    @property
    def official(self) -> str:
        """Who works on it in the body that holds it."""
        return OFFICIAL.format(body=self.holder)

    @property
    def head(self) -> str:
        """Who stands above the executor."""
        return HEAD.format(body=self.holder)

    @property
    def today(self) -> date:
        """The local day of the last step."""
        return local_date(self.moment, self.world.zone)

    def receivers(self) -> Sequence[str]:
        """Bodies that may be given the case: working, not holding it, not complained of."""
        shut = {self.holder, *self.start.barred}
        bodies = self.world.bodies
        return [
            key
            for key, body in bodies.by_key.items()
            if key not in shut and bodies.working(body, self.today)
        ]
