"""The sweep over obligations: rows of new periods, reminders, breaches, what has dropped out."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, or_, select

from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.obligations.entries import Owed, enter_rows, owed_in
from core.obligations.fulfilment import answer_for
from core.obligations.law import load_obligations
from core.obligations.model import ObligationRow
from core.shapes.deadlines.rules.counting import add_working_days, end_of_day
from core.shapes.deadlines.watch import Noted, sweep_terms
from core.structure.blocks import load_blocks

AHEAD = 10
"""So many working days before the due day reminders begin."""


@serves()
async def watch_obligations(work: Work) -> int:
    """Enter what has begun, remind of what is near, record each breach on its deadline.

    Idempotent on a day; gives how many were reminded. Needs OPERATE. What the law no longer asks
    for is dropped before its due day alone: what is late or missed stays.
    """
    require(work.actor, Permission.OPERATE)
    await enter_rows(work)
    await _follow_law(work)
    return await sweep_terms(work, _watched(work))


async def run_obligations(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: the sweep."""
    await watch_obligations(work)


def _watched(work: Work) -> Noted:
    """What is not done and near, or past and not closed; advice is no term (R42)."""
    until = add_working_days(work.today, AHEAD, work.calendar)
    near = and_(
        ObligationRow.done_at.is_(None),
        ObligationRow.dropped_at.is_(None),
        ObligationRow.advised.is_(False),
        ObligationRow.due <= until,
        or_(ObligationRow.breached_at.is_(None), ObligationRow.closes_at >= work.now),
    )
    return Noted(ObligationRow, near, due=ObligationRow.due_at, note=_note)


async def _note(work: Work, row: ObligationRow, what: str) -> None:
    """Say it to the journal; a breach with those who answer for it."""
    if what == "breached":
        row.answering = await answer_for(work, row)
    after = {
        "key": row.key,
        "block": row.block,
        "start": row.start.isoformat(),
        "due": row.due.isoformat(),
        "owner": row.owner,
        "answering": row.answering,
    }
    await work.record(Event(f"obligation.{what}", f"obligation:{row.id}", row.clause, after=after))


async def _follow_law(work: Work) -> None:
    """Rows that are still to be due follow the law of today: their day moves, or they drop out."""
    query = select(ObligationRow).where(
        ObligationRow.done_at.is_(None),
        ObligationRow.dropped_at.is_(None),
        ObligationRow.due_at >= work.now,
    )
    rows = list(await work.session.scalars(query))
    if not rows:
        return
    law, blocks = await load_obligations(work), await load_blocks(work.session, work.rules)
    years = range(min(row.start.year for row in rows), max(row.start.year for row in rows) + 1)
    now = {owed.place: owed for owed in owed_in(law, blocks, years)}
    for row in rows:
        owed = now.get((row.key, row.block, row.start))
        if owed is None:
            row.dropped_at = work.now
            await work.record(Event("obligation.dropped", f"obligation:{row.id}", row.clause))
        else:
            _move(work, row, owed)
    await work.session.flush()


def _move(work: Work, row: ObligationRow, owed: Owed) -> None:
    """A decision that sets the due day moves what is not due yet, never into the past."""
    due, closes = owed.obligation.last_days(owed.span)
    due = max(due, work.today)
    if (due, closes) != (row.due, row.closes):
        row.due, row.closes, row.ground = due, closes, owed.obligation.ground
        row.due_at, row.closes_at = end_of_day(due, work.zone), end_of_day(closes, work.zone)
