"""Opening a session, finding whose it is, closing it.

A name has 256 random bits, so its plain hash tells nothing. What the person may do is asked of
the directory each time: a session holds no rights.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update

from core.kernel.events import Event
from core.kernel.region import Region
from core.kernel.work import Work
from core.sessions.model import Session

NAME_BYTES = 32
LONGEST_NAME = 100
SEEN_EVERY = timedelta(minutes=1)
"""No more often is it written down that a session was used."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose session it is; aware UTC: when it began, when it ends if nothing is done meanwhile."""

    subject: str
    opened_at: datetime
    ends_at: datetime


async def open_session(work: Work, subject: str, lifetime: timedelta) -> str:
    """Begin a session of the subject for so long at most; its name, which nothing here keeps."""
    name = secrets.token_urlsafe(NAME_BYTES)
    row = Session(
        digest=_digest(name),
        subject=subject,
        opened_at=work.now,
        used_at=work.now,
        ends_at=work.now + lifetime,
    )
    work.session.add(row)
    await work.session.flush()
    await work.record(Event("session.opened", f"session:{row.id}", after={"subject": subject}))
    return name


async def whose(region: Region, name: str, now: datetime) -> Signed | None:
    """Whose session this is at `now` (aware UTC); None for one that never was or has ended."""
    if not 0 < len(name) <= LONGEST_NAME:
        return None
    async with region.database.reading() as session:
        row = await session.scalar(select(Session).where(Session.digest == _digest(name)))
    idle = timedelta(minutes=region.settings.session_minutes)
    if row is None or row.closed_at is not None or now >= min(row.ends_at, row.used_at + idle):
        return None
    used = row.used_at
    if now - used >= SEEN_EVERY:
        used = now
        await _see(region, row.id, now)
    return Signed(row.subject, row.opened_at, min(row.ends_at, used + idle))


async def close_session(work: Work, name: str) -> bool:
    """End a session; whether there was one to end."""
    query = select(Session).where(Session.digest == _digest(name), Session.closed_at.is_(None))
    row = await work.session.scalar(query)
    if row is None:
        return False
    row.closed_at = work.now
    await work.record(Event("session.closed", f"session:{row.id}"))
    return True


async def _see(region: Region, session_id: int, now: datetime) -> None:
    query = update(Session).where(Session.id == session_id, Session.used_at < now)
    async with region.database.writing() as session:
        await session.execute(query.values(used_at=now))


def _digest(name: str) -> str:
    return sha256(b"tsur.session/1\0" + name.encode(errors="replace")).hexdigest()
