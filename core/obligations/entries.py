"""Rows of obligations: one for each period by law, entered once and never counted from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from core.directory.rules.bodies import Body
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.roles import Role
from core.kernel.work import Work
from core.law.periods import Period, period_name
from core.obligations.law import Obligations, load_obligations
from core.obligations.model import ObligationRow
from core.obligations.rules import (
    MUNICIPAL_BODIES,
    Obligation,
    ObligationState,
)
from core.shapes.deadlines.rules import Standing, Term
from core.shapes.deadlines.rules.counting import end_of_day
from core.structure.blocks import Blocks, load_blocks

Place = tuple[str, str, date]
"""Key, block (empty for the whole centre), first day of the period."""


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of one period and block, by the law of the period."""

    obligation: Obligation
    block: str
    span: Period

    @property
    def place(self) -> Place:
        """By what it is one and no other."""
        return self.obligation.key, self.block, self.span.start

    def row(self, work: Work) -> ObligationRow:
        """A row that says so from now on."""
        owed, span = self.obligation, self.span
        due, closes = owed.last_days(span)
        return ObligationRow(
            key=owed.key,
            block=self.block,
            start=span.start,
            end=span.end,
            period=period_name(span, owed.period) if owed.period else None,
            name=owed.name,
            owner=owed.owner,
            clause=owed.clause.ref,
            ground=owed.ground,
            document=owed.document,
            advised=owed.advised,
            due=due,
            closes=closes,
            due_at=end_of_day(due, work.zone),
            closes_at=end_of_day(closes, work.zone),
            answering=[],
            noted_at=work.now,
        )


def owed_in(law: Obligations, blocks: Blocks, years: Iterable[int]) -> Iterator[Owed]:
    """What is owed in these calendar years, each period by the law of its last day."""
    for year in years:
        days = [date(year, month, 1) for month in range(1, 13)] + [date(year, 12, 31)]
        keys = {one.key for day in days for one in law.on(day)}
        for key in sorted(keys):
            yield from _of_key(law, blocks, key, year)


def _of_key(law: Obligations, blocks: Blocks, key: str, year: int) -> Iterator[Owed]:
    spans = {
        span
        for month in range(1, 13)
        for one in law.on(date(year, month, 1))
        if one.key == key
        for span in one.spans(year)
    }
    for span in sorted(spans):
        found = next((one for one in law.on(span.last_day) if one.key == key), None)
        if found is None or span not in set(found.spans(year)):
            continue
        if not found.of_block:
            yield Owed(found, "", span)
            continue
        for block in blocks.all(span.last_day):
            yield Owed(found, block.key, span)


def state_of(row: ObligationRow, now: datetime, since: datetime | None = None) -> ObligationState:
    """How it stands: what is done after its last day is late, after its closing it stays missed.

    What closed before `since`, when the account began, and was not entered is not established.
    """
    if row.dropped_at is not None:
        return ObligationState.DROPPED
    standing = Term(row.noted_at, row.due_at, row.done_at).standing(now)
    if standing is not Standing.BREACHED:
        met = standing is Standing.MET
        return ObligationState.MET if met else ObligationState.RUNNING
    if row.done_at is None and since is not None and row.closes_at < since:
        return ObligationState.NOT_ESTABLISHED
    if (row.done_at or now) <= row.closes_at:
        return ObligationState.OVERDUE if row.done_at is None else ObligationState.LATE
    return ObligationState.NOT_GIVEN if row.advised else ObligationState.MISSED


async def account_since(work: Work) -> datetime:
    """When the account of obligations began; the present moment where it has not."""
    first = await work.session.scalar(select(func.min(ObligationRow.noted_at)))
    return first or work.now


async def stored(work: Work, years: Iterable[int]) -> dict[Place, ObligationRow]:
    """The rows whose periods begin in these years."""
    wanted = [*years]
    since, until = date(min(wanted), 1, 1), date(max(wanted) + 1, 1, 1)
    query = select(ObligationRow).where(ObligationRow.start >= since, ObligationRow.start < until)
    rows = await work.session.scalars(query.order_by(ObligationRow.id))
    return {(row.key, row.block, row.start): row for row in rows}


async def enter_rows(work: Work) -> dict[Place, ObligationRow]:
    """Enter what has begun by now and had not closed when the account began; gives all the rows.

    A period that was passed over while nobody swept is entered like any other.
    """
    since = (await account_since(work)).astimezone(work.zone).date()
    years = range(since.year - 1, work.today.year + 1)
    rows = await stored(work, years)
    law, blocks = await load_obligations(work), await load_blocks(work.session, work.rules)
    for owed in owed_in(law, blocks, years):
        _, closes = owed.obligation.last_days(owed.span)
        begun = owed.span.start <= work.today or owed.obligation.on is not None
        if owed.place not in rows and begun and closes >= since:
            rows[owed.place] = owed.row(work)
            work.session.add(rows[owed.place])
    await work.session.flush()
    return rows


async def entered(work: Work, place: Place) -> ObligationRow:
    """The row of this place, locked; entered now if it has none. NOT_FOUND where nothing is owed.

    So what was done before the account began can be proven.
    """
    key, block, start = place
    own = (ObligationRow.key == key, ObligationRow.block == block, ObligationRow.start == start)
    found = await work.session.scalar(select(ObligationRow).where(*own).with_for_update())
    if found is not None:
        return found
    law, blocks = await load_obligations(work), await load_blocks(work.session, work.rules)
    years = (start.year,) if date.min.year < start.year < date.max.year else ()
    for owed in owed_in(law, blocks, years):
        if owed.place == place:
            row = owed.row(work)
            work.session.add(row)
            await work.session.flush()
            return row
    raise Refusal(RefusalCode.NOT_FOUND, "Такой обязанности в этот период нет")


def owner_name(work: Work, owner: str, on: date) -> str:
    """What the owner is called: a role, a body, or all municipal bodies."""
    if owner == MUNICIPAL_BODIES:
        return "органы местного самоуправления"
    body = work.rules.find(Body, owner, on)
    if body is not None:
        return body.name
    role = work.rules.find(Role, owner, on)
    return role.name if role is not None else owner
