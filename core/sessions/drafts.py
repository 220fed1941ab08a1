"""Drafts: what somebody has typed and not sent, sealed, for this person alone.

A form that met an ended session is a draft of whose session it was, for half an hour.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from sqlalchemy import ColumnElement, and_, delete, or_, select

from core.db.snapshot import Reads
from core.kernel.region import Region
from core.sessions.model import Draft

KEPT, RESCUED = timedelta(days=30), timedelta(minutes=30)
"""How long a draft stays; how long one whose session had ended when it was sent."""

LONGEST_PLACE = 255


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed by field, at which form, and when it was saved; aware UTC.

    `seen_at` is the moment of the page that it was typed on.
    """

    place: str
    typed: Mapping[str, str]
    saved_at: datetime
    seen_at: datetime | None


async def keep(
    region: Region,
    subject: str,
    place: str,
    typed: Mapping[str, str],
    seen_at: datetime | None,
    lasts: timedelta = KEPT,
) -> None:
    """Keep what was typed instead of what was kept for the form before; nothing typed is none."""
    now = region.now()
    if len(place) > LONGEST_PLACE:
        return
    async with region.database.writing() as session:
        await session.execute(delete(Draft).where(Draft.ends_at <= now))
        await session.execute(delete(Draft).where(*_of(subject, place)))
        if any(value.strip() for value in typed.values()):
            sealed = region.keys.seal_bytes(orjson.dumps(dict(typed)))
            session.add(
                Draft(
                    subject=subject,
                    place=place,
                    sealed=sealed,
                    saved_at=now,
                    ends_at=now + lasts,
                    seen_at=seen_at,
                )
            )


async def drop(region: Region, subject: str, place: str, more: Collection[int] = ()) -> None:
    """Forget what was kept for the form: it was sent, or is not wanted.

    `more` are the rows of what had passed to this person there.
    """
    theirs = or_(and_(*_of(subject, place)), Draft.id.in_(more))
    async with region.database.reading() as session:
        if await session.scalar(select(Draft.id).where(theirs).limit(1)) is None:
            return
    async with region.database.writing() as session:
        await session.execute(delete(Draft).where(theirs))


async def kept(region: Region, subject: str, of: Reads | None = None) -> tuple[Kept, ...]:
    """All that this person has typed and not sent, the latest first."""
    async with (of or region.database).reading() as session:
        query = select(Draft).where(Draft.subject == subject, Draft.ends_at > region.now())
        rows = await session.scalars(query.order_by(Draft.saved_at.desc()))
        return tuple(told_of(region, row) for row in rows)


async def kept_at(region: Region, subject: str, place: str, of: Reads | None = None) -> Kept | None:
    """What this person has typed at the form, if anything."""
    query = select(Draft).where(*_of(subject, place), Draft.ends_at > region.now())
    async with (of or region.database).reading() as session:
        row = await session.scalar(query)
    return None if row is None else told_of(region, row)


def told_of(region: Region, row: Draft) -> Kept:
    """What a row keeps, unsealed."""
    return Kept(
        row.place, orjson.loads(region.keys.unseal_bytes(row.sealed)), row.saved_at, row.seen_at
    )


def _of(subject: str, place: str) -> tuple[ColumnElement[bool], ...]:
    return (Draft.subject == subject, Draft.place == place)
