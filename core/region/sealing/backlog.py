"""Rows from before sealing began: sealed by the job as it finds them, and told to be such."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from core.kernel.sealing.model import SealBacklog
from core.kernel.work import Work
from core.region.sealing.found import Found, sealed_here
from core.region.sealing.kinds import KINDS


async def begin(work: Work) -> Mapping[str, SealBacklog]:
    """What is left of them by kind; the first call says which they are: those without a seal."""
    known = {row.kind: row for row in await work.session.scalars(select(SealBacklog))}
    for name, kind in KINDS.items():
        if name not in known:
            query = select(func.max(kind.model.id)).where(kind.model.seal.is_(None))
            last = await work.session.scalar(query)
            known[name] = SealBacklog(kind=name, next_id=1, last_id=last or 0)
            work.session.add(known[name])
    return known


async def next_of_backlog(work: Work, backlog: Mapping[str, SealBacklog], most: int) -> list[Found]:
    """The next of them, oldest first, one kind after another."""
    for name, left in backlog.items():
        if left.next_id <= left.last_id:
            model = KINDS[name].model
            query = (
                KINDS[name]
                .rows()
                .where(model.id.between(left.next_id, left.last_id), model.seal.is_(None))
            )
            rows = (await work.session.execute(query.order_by(model.id).limit(most))).all()
            left.next_id = rows[-1].id + 1 if len(rows) == most else left.last_id + 1
            if rows:
                return [sealed_here(work, KINDS[name], row) for row in rows]
    return []
