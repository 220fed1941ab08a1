"""The types that the measured queries ask for."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import cast

import strawberry

from bench.servers.judging import held_seconds, holder_key
from bench.servers.naive_loaders import Info
from core.appeals import model
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Holding
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.shapes.deadlines.rules.standing import Standing

for _codes in (Fact, Outcome, Regime, Standing, State):
    strawberry.enum(_codes)


def write_moment(value: datetime) -> str:
    """As the product writes moments."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@strawberry.type
class Municipality:
    """A row of the municipalities."""

    key: str
    name: str


@strawberry.type
class Body:
    """A body's row."""

    key: str
    name: str


@strawberry.type
class Clause:
    """What a deadline stands on."""

    ref: str
    title: str


@strawberry.type
class Explanation:
    """How a deadline came about."""

    @strawberry.field
    @staticmethod
    def clause(root: strawberry.Parent[DueDate]) -> Clause:
        """What the deadline stands on."""
        clause = root.rule.clause
        return Clause(ref=clause.ref, title=clause.title)

    @strawberry.field
    @staticmethod
    def start(root: strawberry.Parent[DueDate]) -> datetime | None:
        """From when."""
        return root.started_at

    @strawberry.field
    @staticmethod
    def steps(root: strawberry.Parent[DueDate]) -> list[str]:
        """The steps of the calculation."""
        return list(root.steps)


@strawberry.type
class Deadline:
    """The governing deadline, or the lack of one."""

    due: strawberry.Private[DueDate | None]

    @strawberry.field
    def due_at(self) -> datetime | None:
        """The last moment."""
        return self.due.due_at if self.due else None

    @strawberry.field
    def standing(self, info: Info) -> Standing:
        """How it stands now."""
        return self.due.standing(info.context.now) if self.due else Standing.NOT_STARTED

    @strawberry.field
    def explanation(self) -> Explanation | None:
        """How it came about."""
        return cast("Explanation | None", self.due)


@strawberry.type
class Holder:
    """A stretch of time in somebody's hands."""

    held: strawberry.Private[Holding]

    @strawberry.field
    async def body(self, info: Info) -> Body | None:
        """Whose."""
        key = holder_key(self.held)
        return cast(
            "Body | None", None if key is None else await info.context.bodies_by_key.load(key)
        )

    @strawberry.field
    def since(self) -> datetime:
        """From when."""
        return self.held.since

    @strawberry.field
    def until(self) -> datetime | None:
        """To when."""
        return self.held.until

    @strawberry.field
    def seconds(self, info: Info) -> int:
        """How long."""
        return held_seconds(self.held, info.context.now)


@strawberry.type
class LedgerEntry:
    """A row of the ledger."""

    seq: int
    fact: Fact
    at: datetime
    recorded_at: datetime
    actor: str
    reason: str | None

    @strawberry.field
    @staticmethod
    async def body(root: strawberry.Parent[model.LedgerEntry], info: Info) -> Body | None:
        """Who holds the appeal from then on."""
        key = root.body
        return cast(
            "Body | None", None if key is None else await info.context.bodies_by_key.load(key)
        )


@strawberry.type
class Appeal:
    """An appeal's row."""

    number: str
    external_id: str
    topic: str | None
    regime: Regime
    state: State
    outcome: Outcome | None
    received_at: datetime
    registered_at: datetime | None
    due_at: datetime | None

    @strawberry.field
    @staticmethod
    def id(root: strawberry.Parent[model.Appeal]) -> strawberry.ID:
        """The global id."""
        return strawberry.ID(b64encode(f"Appeal:{root.id}".encode()).decode())

    @strawberry.field
    @staticmethod
    async def body(root: strawberry.Parent[model.Appeal], info: Info) -> Body | None:
        """Who has it."""
        key = root.body_id
        found = None if key is None else await info.context.bodies.load(key)
        return cast("Body | None", found)

    @strawberry.field
    @staticmethod
    async def municipality(
        root: strawberry.Parent[model.Appeal], info: Info
    ) -> Municipality | None:
        """Where."""
        key = root.municipality
        return cast(
            "Municipality | None", None if key is None else await info.context.places.load(key)
        )

    @strawberry.field
    @staticmethod
    async def ledger(root: strawberry.Parent[model.Appeal], info: Info) -> list[LedgerEntry]:
        """What has happened."""
        return cast("list[LedgerEntry]", await info.context.ledgers.load(root.id))

    @strawberry.field
    @staticmethod
    async def deadline(root: strawberry.Parent[model.Appeal], info: Info) -> Deadline:
        """The deadline that governs."""
        ledger = await info.context.ledgers.load(root.id)
        return Deadline(due=info.context.judge.judge(root, ledger).governing)

    @strawberry.field
    @staticmethod
    async def holders(root: strawberry.Parent[model.Appeal], info: Info) -> list[Holder]:
        """Who had it how long."""
        ledger = await info.context.ledgers.load(root.id)
        return [Holder(held=held) for held in info.context.judge.judge(root, ledger).holdings]
