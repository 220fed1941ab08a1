"""Letters of which nobody has said in time what they are: each is registered as an appeal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from core.appeals.intake.service import take_in_many
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from core.kernel.errors import Refusal
from core.kernel.incidents.service import raise_incident
from core.kernel.serves import serves
from core.kernel.work import Work
from core.mailbox.decisions import new_appeal, said_appeal
from core.mailbox.model import UNREAD, WAITING, Letter
from core.mailbox.store import text_of
from core.shapes.deadlines.watch import Watched

BATCH = 200
LEFT = timedelta(hours=1)
"""A letter that was kept is read at once: one that waits so long shows that nobody reads."""

WORDS = Watched(Letter, WAITING, due=Letter.due_at)
"""What the sweep watches: letters that wait for a person's word."""


@serves(PRACTICE.cite("letters.unsaid"))
async def register_unsaid(work: Work) -> int:
    """Register what nobody has decided in time; how many. Idempotent, a batch at the most.

    One that intake refuses stays in the list of those that wait, and an incident says so.
    """
    require(work.actor, Permission.TAKE_IN)
    query = (
        select(Letter)
        .where(WORDS.running, Letter.due_at < work.now)
        .order_by(Letter.due_at, Letter.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = (await work.session.scalars(query)).all()
    news = [new_appeal(row, await text_of(work, row)) for row in rows]
    registered = 0
    for row, taken in zip(rows, await take_in_many(work, news), strict=True):
        if isinstance(taken, Refusal):
            text = f"Письмо {row.id} не регистрируется само: {taken.text}"
            await raise_incident(work, f"mailbox/refused/{row.id}", text)
        else:
            await said_appeal(work, row, taken)
            registered += 1
    return registered


async def run_letters(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: register what waits too long, and notice when nobody reads the mailbox."""
    await register_unsaid(work)
    left = select(Letter.id).where(UNREAD, Letter.fetched_at < work.now - LEFT)
    if (await work.session.scalars(left.limit(1))).first() is not None:
        text = f"Полученные письма не разбираются: выполните tsur mail {work.region}"
        await raise_incident(work, "mailbox/unread", text)
