"""A centre that sets indicators: who signs for whom, and an indicator brought into force."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from core.db.database import Base
from core.indicators.chain import NewIndicator, propose, sign
from core.indicators.model import INDICATOR, Indicator, IndicatorTarget, IndicatorValue
from core.indicators.rules.kinds import IndicatorKind, OwnerKind
from core.kernel.access import Actor
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.law.periods import Periodicity
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Ground
from core.shapes.chains.service import decisions
from tests.fixtures.actors import actor_with
from tests.fixtures.counts import counts

DOCUMENT = Ground(ActKind.LETTER, "П-12/7", date(2026, 2, 20))
NEW = NewIndicator(
    "in-time", "Доля ответов в срок", "%", Periodicity.MONTH, date(2026, 1, 1), kind="main"
)
OWNERS = {
    "category-target": (OwnerKind.CATEGORY, "roads-potholes"),
    "block-responsible": (OwnerKind.BLOCK, "roads"),
}
WRITTEN: tuple[type[Base], ...] = (
    Indicator,
    ChainRecord,
    DecisionRecord,
    IndicatorTarget,
    IndicatorValue,
    JournalEntry,
)


@dataclass(frozen=True)
class Centre:
    """The region; every call is a unit of work of its own."""

    region: Region
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        return self.actors.get(role) or actor_with(self.region, role, blocks=["roads"])

    def party(self, by: Authority) -> tuple[Actor, Ground | None]:
        """Who acts for a party, and by which document."""
        if by.of_the_centre:
            return self.actor(by), None
        return self.actor("head"), None if by is Authority.CENTRE else DOCUMENT

    def new(self, kind: str, **changes: Any) -> NewIndicator:
        owner_kind, owner = OWNERS.get(kind, (OwnerKind.CENTRE, None))
        if kind == "municipal-additional":
            owner_kind, owner = OwnerKind.MUNICIPALITY, self.municipality
        return replace(NEW, **{"kind": kind, "owner_kind": owner_kind, "owner": owner, **changes})

    @property
    def municipality(self) -> str:
        return self.region.rules.history(Municipality)[0].key

    async def signed(self, new: NewIndicator, times: int) -> int:
        """An indicator with so many signatures of its chain, each by its own party."""
        today = self.region.now().date()
        chain = self.region.rules.get(IndicatorKind, new.kind or "", today).chain
        actor, document = self.party(chain[0].by)
        async with self.region.work(actor) as work:
            indicator_id = (await propose(work, new, document)).id
        for step in chain[1:times]:
            actor, document = self.party(step.by)
            async with self.region.work(actor) as work:
                await sign(work, indicator_id, step.deed, step.by, document)
        return indicator_id

    async def approved(self, kind: str = "main", **changes: Any) -> int:
        return await self.signed(self.new(kind, **changes), 99)

    async def chain(self, indicator_id: int) -> list[tuple[str, str, str]]:
        """The signatures as deed, party and clause."""
        async with self.region.database.reading() as session:
            rows = await session.scalars(decisions(INDICATOR, indicator_id))
            return [(row.deed, row.party, row.clause) for row in rows]

    async def indicator(self, indicator_id: int) -> Indicator:
        async with self.region.database.reading() as session:
            return await session.get_one(Indicator, indicator_id)

    async def refused(self, actor: Actor, act: Callable[[Work], Awaitable[object]]) -> Refusal:
        """The refusal of an act, after which nothing is written."""
        before = await self.rows()
        with pytest.raises(Refusal) as refused:
            async with self.region.work(actor) as work:
                await act(work)
        assert await self.rows() == before
        return refused.value

    async def rows(self) -> int:
        """How many rows there are of all that a use case here writes."""
        return sum(await counts(self.region, *WRITTEN))
