"""The term to judge a dispute, kept beside it: figures and lists find by it what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import false, func, select

from core.appeals.ledger import deadlines_of, pure, read_ledgers, refresh_due
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import is_appealed, occasion
from core.appeals.satisfaction.model import Dispute
from core.appeals.terms.kept import keep_terms
from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.events import Event
from core.kernel.work import Work

BATCH = 200
MOST_PENDING = 200


def date_dispute(
    work: Work,
    appeal: Appeal,
    dispute: Dispute,
    entries: Sequence[Entry],
    by: Appeal | None = None,
) -> None:
    """Keep the strictest term for a verdict that the dispute itself began.

    Where none did, it is judged by the end of the new appeal's own, `by` which it was filed (R46).
    """
    begun = [
        due.due_at
        for due in deadlines_of(work, appeal, entries)
        if occasion(due.rule.stops).fact is Fact.UPHELD
        and due.started_at == dispute.opened_at
        and due.due_at is not None
    ]
    dispute.due_at = min(begun, default=by.statute_due_at if by else None)


async def follow_appeal(work: Work, event: Event) -> None:
    """Listener of what moves an appeal's own term: a dispute that has that term has it then too."""
    new = await work.session.get_one(Appeal, int(event.subject.partition(":")[2]))
    if new.disputes_id is None:
        return
    pending = select(Dispute).where(
        Dispute.by_appeal_id == new.id,
        Dispute.judged_at.is_(None),
        Dispute.withdrawn_at.is_(None),
    )
    for dispute in await work.session.scalars(pending):
        old = await work.session.get_one(Appeal, dispute.appeal_id)
        entries = pure((await read_ledgers(work, [old.id]))[old.id])
        if is_appealed(entries):
            dispute.due_at = new.statute_due_at


def is_late(dispute: Dispute, now: datetime) -> bool:
    """Judged after its last moment, or past it unjudged; what was withdrawn never is."""
    if dispute.due_at is None or dispute.withdrawn_at is not None:
        return False
    return (dispute.judged_at or now) > dispute.due_at


async def pending_disputes(work: Work, *, late: bool | None = None) -> Sequence[Dispute]:
    """What the actor has still to judge, the most urgent first; only late ones, or only others.

    Needs JUDGE_DISPUTES. The first MOST_PENDING.
    """
    require(work.actor, Permission.JUDGE_DISPUTES)
    query = (
        select(Dispute)
        .join(Appeal, Appeal.id == Dispute.appeal_id)
        .where(
            Dispute.judged_at.is_(None),
            Dispute.withdrawn_at.is_(None),
            visible(work.actor, Permission.JUDGE_DISPUTES),
        )
        .order_by(Dispute.due_at.is_(None), Dispute.due_at, Dispute.id)
        .limit(MOST_PENDING)
    )
    if late is not None:
        passed = func.coalesce(Dispute.due_at < work.now, false())
        query = query.where(passed if late else ~passed)
    return (await work.session.scalars(query)).all()


async def date_disputes(work: Work) -> int:
    """Date disputes that were opened before they had terms, with their cases; how many.

    A batch at the most. What no rule gives a term to stays undated.
    """
    query = (
        select(Dispute, Appeal)
        .join(Appeal, Appeal.id == Dispute.appeal_id)
        .where(Dispute.due_at.is_(None), Dispute.withdrawn_at.is_(None))
        .order_by(Dispute.id)
        .limit(BATCH)
    )
    rows = (await work.session.execute(query.with_for_update())).all()
    ledgers = await read_ledgers(work, [appeal.id for _, appeal in rows])
    for dispute, appeal in rows:
        entries = pure(ledgers[appeal.id])
        by = await work.session.get(Appeal, dispute.by_appeal_id or 0)
        date_dispute(work, appeal, dispute, entries, by)
        await keep_terms(work, appeal, refresh_due(work, appeal, entries))
    return len(rows)
