"""Opening a session, finding whose it is, closing it.

A name has 256 random bits, so its plain hash tells nothing. What the person may do is asked of
the directory each time: a session holds no rights.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Dialect, select, update

from core.db.statements import Slot, Statement, compiled, reads
from core.kernel.access import Actor, Grant
from core.kernel.events import Event
from core.kernel.region import Region
from core.kernel.tokens import digest_of
from core.kernel.work import Work
from core.sessions.model import Session

NAME_BYTES = 32
LONGEST_NAME = 100
SEEN_EVERY = timedelta(minutes=1)
"""No more often is it written down that a session was used."""

DIALECTS = 64
"""Of so many databases the statement is kept."""


class _Kept(NamedTuple):
    """What is kept of a session, by the names of its columns."""

    id: int
    subject: str
    opened_at: datetime
    used_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    login: str | None
    rights: str | None


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose session it is; aware UTC: when it began, when it ends if nothing is done meanwhile.

    `latest` is when it ends in any case; `rights` the hash it was given its name with, if any.
    """

    subject: str
    opened_at: datetime
    ends_at: datetime
    latest: datetime
    rights: str | None
    login: str | None


async def open_session(
    work: Work,
    subject: str,
    lifetime: timedelta,
    *,
    login: str | None = None,
    rights: str | None = None,
) -> str:
    """Begin a session of the subject for so long at most; its name, which nothing here keeps.

    `login` is what the issuer calls the login, `rights` the hash of what the person may do now.
    """
    name = secrets.token_urlsafe(NAME_BYTES)
    row = Session(
        digest=_digest(name),
        subject=subject,
        opened_at=work.now,
        used_at=work.now,
        ends_at=work.now + lifetime,
        login=login,
        rights=rights,
    )
    work.session.add(row)
    await work.session.flush()
    await work.record(Event("session.opened", f"session:{row.id}", after={"subject": subject}))
    return name


async def whose(region: Region, name: str, now: datetime, *, uses: bool = True) -> Signed | None:
    """Whose session this is at `now` (aware UTC); None for one that never was or has ended.

    Who only asks when it ends, `uses` nothing. Each page asks it, so the statement is kept as a
    text of the driver.
    """
    if not 0 < len(name) <= LONGEST_NAME:
        return None
    asked, read = _named(region.database.dialect)
    rows = await region.database.fetch(asked.text, asked.values([_digest(name)]))
    if not rows:
        return None
    row = _Kept(*read(rows[0]))
    idle = timedelta(minutes=region.settings.session_minutes)
    if row.closed_at is not None or now >= min(row.ends_at, row.used_at + idle):
        return None
    used = row.used_at
    if uses and now - used >= SEEN_EVERY:
        used = now
        await _see(region, row.id, now)
    ends = min(row.ends_at, used + idle)
    return Signed(row.subject, row.opened_at, ends, row.ends_at, row.rights, row.login)


async def whose_once(region: Region, name: str) -> str | None:
    """Whose session it is or was, ended or not; None for a name that nobody was given."""
    if not 0 < len(name) <= LONGEST_NAME:
        return None
    async with region.database.reading() as session:
        query = select(Session.subject).where(Session.digest == _digest(name))
        found: str | None = await session.scalar(query)
    return found


def rights_of(actor: Actor) -> str:
    """The hash of all that a person may do: another one at any change of it."""
    return sha256("\n".join(sorted(map(_said, actor.grants))).encode()).hexdigest()


async def renew_session(work: Work, name: str, signed: Signed, rights: str) -> str | None:
    """Give the session another name for other rights; None where another request has done it."""
    if not await close_session(work, name):
        return None
    lasts = signed.latest - work.now
    return await open_session(work, signed.subject, lasts, login=signed.login, rights=rights)


async def close_logins(work: Work, *, login: str | None, subject: str | None) -> int:
    """End the sessions of a login, or without one all of the subject; how many there were."""
    ours = Session.login == login if login is not None else Session.subject == subject
    query = select(Session).where(ours, Session.closed_at.is_(None))
    rows = (await work.session.scalars(query)).all()
    for row in rows:
        row.closed_at = work.now
        await work.record(Event("session.closed", f"session:{row.id}"))
    return len(rows)


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


def _said(grant: Grant) -> str:
    """One grant as a text that does not depend on the order of its sets."""
    scope = grant.scope
    parts = (scope.blocks, scope.municipalities, scope.bodies)
    reach = [None if part is None else sorted(map(str, part)) for part in parts]
    return repr((grant.role, sorted(grant.permissions), reach))


@lru_cache(DIALECTS)
def _named(dialect: Dialect) -> tuple[Statement, Callable[[Sequence[Any]], Iterator[Any]]]:
    """The statement for a session by its digest, and what makes its rows values of Python."""
    columns = [getattr(Session, name) for name in _Kept._fields]
    query = select(*columns).where(Session.digest == Slot(0))
    return compiled(query, dialect), reads(columns, dialect)


def _digest(name: str) -> str:
    return digest_of("session", name)
