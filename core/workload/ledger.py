"""Reading loads out of the ledger: in whose hands each case was in a stretch of time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.kernel.work import Work
from core.workload.queries import entries_between
from core.workload.rules import Hand, hands

BATCH = 5_000
Place = tuple[str | None, str, str | None]
"""Block, body and specialist."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was in the hands of one specialist of one body in one block.

    `specialist` (a token's subject) is None for what nobody has accepted. `open` counts the
    cases held at the end, `inflow` those that came into these hands, `held` is the time.
    """

    block: str | None
    body: str
    specialist: str | None
    open: int = 0
    inflow: int = 0
    held: timedelta = timedelta()

    def with_hand(self, hand: Hand, start: datetime, end: datetime) -> Load:
        """The load with one more stretch counted."""
        return Load(
            self.block,
            self.body,
            self.specialist,
            self.open + hand.lasts(end),
            self.inflow + hand.begins(start, end),
            self.held + hand.within(start, end),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing of it lies in the stretch of time."""
        return not (self.open or self.inflow or self.held)


async def read_loads(
    work: Work, start: datetime, end: datetime, block: str | None = None
) -> list[Load]:
    """The loads between two moments of the cases that the actor may see, by block and hands."""
    found: dict[Place, Load] = {}
    async for case_block, case_hands in _cases(work, start, end, block):
        for hand in case_hands:
            if not hand.specialist and hand.since == hand.until:
                continue  # delivered on in the same second: nobody's load
            place = (case_block, hand.body, hand.specialist)
            load = found.get(place, Load(*place))
            found[place] = load.with_hand(hand, start, end)
    rows = (load for load in found.values() if not load.empty)
    return sorted(rows, key=lambda row: (row.block or "", row.body, row.specialist or ""))


async def _cases(
    work: Work, start: datetime, end: datetime, block: str | None
) -> AsyncIterator[tuple[str | None, tuple[Hand, ...]]]:
    query = entries_between(work.actor, start, end, block)
    case: list[Row[*tuple[object, ...]]] = []
    async for row in await work.session.stream(query, execution_options={"yield_per": BATCH}):
        if case and case[0].appeal_id != row.appeal_id:
            yield case[0].block, _hands(case)
            case = []
        case.append(row)
    if case:
        yield case[0].block, _hands(case)


def _hands(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[Hand, ...]:
    entries = [Entry(row.seq, Fact(row.fact), row.at, row.body) for row in rows]
    accepted = {row.seq: row.actor for row in rows if row.fact == Fact.ACCEPTED}
    return hands(entries, accepted)
