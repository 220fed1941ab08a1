"""No complaint stays with a body that has nobody but the official complained of (8 ч. 6)."""

from __future__ import annotations

from core.appeals.case import Case
from core.appeals.impartiality import left_to_himself
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact, State
from core.directory.model import Body


async def leave_no_official_alone(case: Case, reason: str | None) -> Appeal:
    """What is with a body that has nobody but whom it complains of goes to the coordinator."""
    work, appeal = case.work, case.appeal
    holder = await work.session.get(Body, appeal.body_id or 0)
    held = appeal.state in (State.ASSIGNED, State.IN_WORK)
    if holder is not None and held and await left_to_himself(work, appeal, holder):
        appeal.previous_body_id, appeal.body_id = holder.id, None
        await case.advance(fact=Fact.QUEUED, state=State.QUEUED, reason=reason)
    return appeal
