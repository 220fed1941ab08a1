"""No complaint stays with whom it is about, body or a body's only official (8 ч. 6)."""

from __future__ import annotations

from core.appeals.case import Case
from core.appeals.impartiality import held_by_complained, left_to_himself
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact, State
from core.directory.model import Body


async def take_from_complained(case: Case, reason: str | None) -> Appeal:
    """What stands with whom it complains of, or who has nobody else, goes to the coordinator."""
    work, appeal = case.work, case.appeal
    holder = await work.session.get(Body, appeal.body_id or 0)
    held = appeal.state in (State.ASSIGNED, State.IN_WORK)
    if holder is None or not held:
        return appeal
    if await held_by_complained(work, appeal) or await left_to_himself(work, appeal, holder):
        appeal.previous_body_id, appeal.body_id = holder.id, None
        await case.advance(fact=Fact.QUEUED, state=State.QUEUED, reason=reason)
    return appeal
