"""A person's obligations as a calendar that other programs subscribe to by a secret address."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from sqlalchemy import select

from core.directory.model import Person
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.tokens import digest_of
from core.kernel.work import Work
from core.law.days import over
from core.law.periods import period_told
from core.obligations.calendar import rows_of_person
from core.obligations.ics import WholeDay, calendar_text
from core.obligations.model import FeedEntry, FeedToken, ObligationRow
from core.structure.blocks import Blocks, load_blocks

TOKEN_BYTES, LONGEST_TOKEN = 32, 100
PURPOSE, NAME = "feed", "Обязанности"


@serves()
async def issue_feed(work: Work) -> str:
    """A new address of the actor's own calendar; the one before it is dead. Gives the token.

    It is kept as a hash alone, so nobody can be told it again.
    """
    person_id = _own(work)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = await _token(work, person_id)
    if row is None:
        row = FeedToken(person_id=person_id)
        work.session.add(row)
    row.digest, row.issued_at, row.revoked_at = digest_of(PURPOSE, token), work.now, None
    await work.session.flush()
    await work.record(Event("feed.issued", f"feed:{row.id}"))
    return token


@serves()
async def revoke_feed(work: Work) -> bool:
    """End the address of the actor's own calendar; whether there was one."""
    row = await _token(work, _own(work))
    if row is None or row.revoked_at is not None:
        return False
    row.revoked_at = work.now
    await work.record(Event("feed.revoked", f"feed:{row.id}"))
    return True


@serves()
async def read_feed(work: Work, token: str) -> str:
    """The calendar behind a token; LINK_INVALID for one that is unknown, revoked, or of who left.

    What it said before and is no longer the person's goes out cancelled.
    """
    known_by = digest_of(PURPOSE, token[: LONGEST_TOKEN + 1])
    query = select(FeedToken).where(FeedToken.digest == known_by)
    row = await work.session.scalar(query.with_for_update())
    person = await work.session.get(Person, row.person_id) if row else None
    if row is None or row.revoked_at is not None or person is None:
        raise Refusal(RefusalCode.LINK_INVALID, "Ссылка недействительна")
    if over(person.dismissed, work.today):
        raise Refusal(RefusalCode.LINK_INVALID, "Ссылка недействительна")
    owed = {one.id: one for one in await rows_of_person(work, person.id)}
    return calendar_text(NAME, await _events(work, person.id, owed))


async def _events(work: Work, person_id: int, owed: Mapping[int, ObligationRow]) -> list[WholeDay]:
    """What the calendar says now, each change of it counted; events once said are never lost."""
    kept = await work.session.scalars(
        select(FeedEntry).where(FeedEntry.person_id == person_id).with_for_update()
    )
    entries = {one.obligation_id: one for one in kept}
    blocks = await load_blocks(work.session, work.rules)
    for number, row in owed.items():
        said, cancelled = _said(row, blocks), row.dropped_at is not None
        entry = entries.get(number)
        if entry is None:
            entries[number] = FeedEntry(
                person_id=person_id,
                obligation_id=number,
                sequence=0,
                said=said,
                cancelled=cancelled,
                changed_at=work.now,
            )
            work.session.add(entries[number])
        else:
            _change(work, entry, said, cancelled=cancelled)
    for number in entries.keys() - owed.keys():
        _change(work, entries[number], entries[number].said, cancelled=True)
    await work.session.flush()
    ids = select(ObligationRow).where(ObligationRow.id.in_(entries))
    rows = {row.id: row for row in await work.session.scalars(ids)}
    return [
        _event(work, rows[number], entries[number], _summary(rows[number], blocks))
        for number in sorted(entries)
    ]


def _change(work: Work, entry: FeedEntry, said: str, *, cancelled: bool) -> None:
    if (entry.said, entry.cancelled) != (said, cancelled):
        entry.said, entry.cancelled, entry.changed_at = said, cancelled, work.now
        entry.sequence += 1


def _event(work: Work, row: ObligationRow, entry: FeedEntry, said: str) -> WholeDay:
    uid = f"{row.key}.{row.block or 'centre'}.{row.start.isoformat()}@{work.region}.tsur"
    return WholeDay(uid, row.due, said, entry.sequence, entry.changed_at, entry.cancelled)


def _summary(row: ObligationRow, blocks: Blocks) -> str:
    """Of what period it is and what is owed; nobody's name, and not how it stands."""
    period = f" ({period_told(row.period)})" if row.period else ""
    block = blocks.find(row.block, row.start) if row.block else None
    of = f", блок «{block.name if block else row.block}»" if row.block else ""
    return f"{row.name}{period}{of}"


def _said(row: ObligationRow, blocks: Blocks) -> str:
    return json.dumps([row.due.isoformat(), _summary(row, blocks)], ensure_ascii=False)


def _own(work: Work) -> int:
    if work.actor.person_id is None:
        raise Refusal(RefusalCode.UNAUTHENTICATED, "Календарь есть у должностного лица")
    return work.actor.person_id


async def _token(work: Work, person_id: int) -> FeedToken | None:
    query = select(FeedToken).where(FeedToken.person_id == person_id).with_for_update()
    found: FeedToken | None = await work.session.scalar(query)
    return found
