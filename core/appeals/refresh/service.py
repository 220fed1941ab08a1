"""Judging stored cases anew, a batch in a transaction of its own: it may stop and go on."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from core.appeals.ledger import pure, read_ledgers, refresh_due
from core.appeals.model import Appeal
from core.appeals.refresh.model import TermsRefresh
from core.appeals.terms.kept import keep_terms, load_terms
from core.kernel.work import Work

VERSION = 5
"""Grows with every release that tells the terms of stored cases otherwise."""

BATCH = 2_000
Progress = Callable[[int, int], None]


async def refresh_batch(work: Work, *, progress: Progress = lambda done, total: None) -> bool:
    """Judge the next cases by their ledgers and the law of their days; whether some may be left.

    Only rows that are told otherwise change. Cases taken in meanwhile are judged as they come.
    """
    state = await _state(work)
    if state.finished_at is not None:
        return False
    query = select(Appeal).where(Appeal.id > state.last_id).order_by(Appeal.id).limit(BATCH)
    appeals = (await work.session.scalars(query.with_for_update())).all()
    ids = [appeal.id for appeal in appeals]
    ledgers, kept = await read_ledgers(work, ids), await load_terms(work, ids)
    for appeal in appeals:
        dues = refresh_due(work, appeal, pure(ledgers[appeal.id]))
        await keep_terms(work, appeal, dues, kept)
    if appeals:
        state.last_id = appeals[-1].id
        progress(*await _done(work, state.last_id))
    if len(appeals) < BATCH:
        state.finished_at = work.now
    return state.finished_at is None


async def _state(work: Work) -> TermsRefresh:
    """The row about it, begun anew for another version; locked until the end of the work."""
    state = await work.session.get(TermsRefresh, 1, with_for_update=True)
    if state is None:
        state = TermsRefresh(id=1, version=VERSION, last_id=0)
        work.session.add(state)
    elif state.version != VERSION:
        state.version, state.last_id, state.finished_at = VERSION, 0, None
    return state


async def _done(work: Work, last_id: int) -> tuple[int, int]:
    before = func.count(Appeal.id).filter(Appeal.id <= last_id)
    done, total = (await work.session.execute(select(before, func.count(Appeal.id)))).one()
    return int(done), int(total)
