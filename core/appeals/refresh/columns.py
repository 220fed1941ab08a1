"""Columns that a program of before leaves out: filled in batches, while it may still be at work.

The last change of such a case is the last line of its ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import func, or_, select, update

from core.appeals.model import Appeal, LedgerEntry, address_words
from core.db.bulk import table_of
from core.kernel.work import Work

UNKNOWN = datetime(2000, 1, 3, tzinfo=UTC)
"""Before it stands a change that nobody has told: the tables say 1 January, of any time zone."""

BATCH = 1_000
LATEST = 10_000
"""Lines of ledgers, the newest, among which a program of before may have left some untold."""


async def fill_batch(work: Work) -> bool:
    """Fill the next rows in which something is left out; whether there may be more."""
    unspelt = Appeal.address.is_not(None) & Appeal.address_words.is_(None)
    last = (
        select(func.max(LedgerEntry.recorded_at))
        .where(LedgerEntry.appeal_id == Appeal.id)
        .scalar_subquery()
    )
    query = (
        select(Appeal.id, Appeal.address, Appeal.changed_at, Appeal.received_at, last)
        .where(or_(Appeal.changed_at < UNKNOWN, unspelt))
        .order_by(Appeal.id)
        .limit(BATCH)
    )
    rows = (await work.session.execute(query.with_for_update(of=Appeal))).all()
    for number, address, changed, received, told in rows:
        when = (told or received) if changed < UNKNOWN else changed
        await _say(work, number, changed_at=when, address_words=address_words(address))
    return len(rows) == BATCH


async def run_fill(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: what programs of before write beside this one, until the last has ended."""
    await fill_batch(work)
    newest = select(LedgerEntry.id).order_by(LedgerEntry.id.desc()).limit(1).scalar_subquery()
    told = (
        select(LedgerEntry.appeal_id, func.max(LedgerEntry.recorded_at).label("at"))
        .where(LedgerEntry.id > newest - LATEST)
        .group_by(LedgerEntry.appeal_id)
        .subquery()
    )
    query = (
        select(Appeal.id, told.c.at)
        .join(told, told.c.appeal_id == Appeal.id)
        .where(Appeal.changed_at < told.c.at)
        .order_by(Appeal.id)
        .limit(BATCH)
    )
    for number, at in (await work.session.execute(query)).all():
        await _say(work, number, changed_at=at)


async def _say(work: Work, number: int, **values: object) -> None:
    """By the table: what is filled is no change of the case."""
    table = table_of(Appeal)
    await work.session.execute(update(table).where(table.c.id == number).values(**values))
