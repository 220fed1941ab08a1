"""Terms beside the answer's, as they stand after the lives of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert

from core.appeals.ledger import deadlines_of
from core.appeals.model import Appeal
from core.appeals.rules.ledger import Entry
from core.appeals.terms.kept import beside
from core.appeals.terms.model import AppealTerm
from core.demo.life import Life
from core.kernel.work import Work


def whole(life: Life, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The ledger from intake to the end of the life."""
    steps = enumerate(life.steps, start=4)
    return (*entries, *(Entry(seq, s.fact, s.at, s.body, s.data) for seq, s in steps))


async def keep_beside(
    work: Work, lives: Sequence[tuple[Appeal, Life]], ledgers: Mapping[int, Sequence[Entry]]
) -> None:
    """Write them anew for these cases; `ledgers` are the facts of intake."""
    ids = [appeal.id for appeal, _ in lives]
    await work.session.execute(delete(AppealTerm).where(AppealTerm.appeal_id.in_(ids)))
    rows = [
        term.row(appeal.id)
        for appeal, life in lives
        for term in beside(deadlines_of(work, appeal, whole(life, ledgers[appeal.id])))
    ]
    if rows:
        await work.session.execute(insert(AppealTerm), rows)
