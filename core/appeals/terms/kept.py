"""The rows of terms beside the answer's, in step with the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.rules.deadlines import DueDate
from core.appeals.terms.model import AppealTerm
from core.kernel.work import Work

Kept = Mapping[int, list[AppealTerm]]
"""What is kept of some appeals, by the number of the appeal."""


class Beside(NamedTuple):
    """What is to be kept of a term: it runs, or it ended after its last moment (aware UTC)."""

    rule: str
    ordinal: int
    name: str
    clause: str
    due_at: datetime
    running: bool

    @property
    def breached_at(self) -> datetime | None:
        """What has ended and is kept was ended late; what runs is judged by the sweep."""
        return None if self.running else self.due_at

    def row(self, appeal_id: int) -> dict[str, object]:
        """The term as a new row."""
        return {"appeal_id": appeal_id, **self._asdict(), "breached_at": self.breached_at}


def beside(dues: Iterable[DueDate]) -> tuple[Beside, ...]:
    """The terms that do not govern the answer and either run or were ended late.

    Where the beginning is presumed, a term is broken only by what no doubt excuses (R54).
    """
    return tuple(_beside(dues))


def _beside(dues: Iterable[DueDate]) -> Iterator[Beside]:
    for due in dues:
        limit, rule = due.doubt_until or due.due_at, due.rule
        if limit is None or rule.governs:
            continue
        running = due.stopped_at is None
        late = due.stopped_at is not None and due.stopped_at > limit and not due.relieved
        if running or late:
            yield Beside(rule.key, due.ordinal, rule.name, rule.clause.ref, limit, running)


async def load_terms(work: Work, appeal_ids: Collection[int]) -> Kept:
    """What is kept of these appeals, by one statement, and what this work has not written yet.

    It writes nothing: the rows of the cases themselves are still being changed.
    """
    kept: dict[int, list[AppealTerm]] = {number: [] for number in appeal_ids}
    session, query = work.session, select(AppealTerm).where(AppealTerm.appeal_id.in_(appeal_ids))
    with session.no_autoflush:
        found = (await session.scalars(query.order_by(AppealTerm.id))).all()
    pending = [row for row in session.new if isinstance(row, AppealTerm)]
    for row in (*found, *pending):
        if row.appeal_id in kept:
            kept[row.appeal_id].append(row)
    return kept


async def keep_terms(
    work: Work, appeal: Appeal, dues: Iterable[DueDate], kept: Kept | None = None
) -> None:
    """Keep what the ledger now makes of the terms, whatever was noted of them before.

    A breach that it tells of no more is none: facts came late, or the law is read otherwise. That
    it was noted stays in the journal.
    """
    rows = (kept or await load_terms(work, [appeal.id]))[appeal.id]
    left = {(row.rule, row.ordinal): row for row in rows}
    for term in beside(dues):
        row = left.pop((term.rule, term.ordinal), None)
        if row is None:
            rows.append(row := AppealTerm(**term.row(appeal.id)))
            work.session.add(row)
        else:
            row.due_at, row.running = term.due_at, term.running
            row.name, row.clause = term.name, term.clause
            row.breached_at = term.breached_at or _noted(row, term, work.now)
    for row in left.values():
        row.running, row.breached_at = False, None


def _noted(row: AppealTerm, term: Beside, now: datetime) -> datetime | None:
    """The breach of what still runs, where the sweep has seen one and it still is one."""
    return term.due_at if row.breached_at and term.running and term.due_at < now else None
