"""Which rows may be sealed: those before which no open transaction of the database began."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, text, true

from core.kernel.work import Work

HORIZON = """
SELECT coalesce(
    (SELECT one.xid::text FROM (
        SELECT held.transactionid AS xid FROM pg_locks held JOIN pg_stat_activity USING (pid)
        WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
        AND datname = current_database() AND pid <> pg_backend_pid()
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
    ) one ORDER BY age(one.xid) DESC LIMIT 1),
    pg_snapshot_xmax(pg_current_snapshot())::xid::text)
"""
"""The oldest transaction that is open here, else the one that will begin next.

It is asked before the rows are read: what was not open by then is seen by whoever reads them.
"""


async def settled_rows(work: Work) -> ColumnElement[bool]:
    """The condition on `seal_waiting`. SQLite writes one transaction after another."""
    if work.dialect == "sqlite":
        return true()
    horizon = await work.session.scalar(text(HORIZON))
    edge: ColumnElement[Any] = literal_column(f"'{int(str(horizon))}'::xid")
    return func.age(literal_column("seal_waiting.xmin")) > func.age(edge)
