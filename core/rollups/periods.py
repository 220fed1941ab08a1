"""Stretches of time in which cells are kept, and how a period is put together from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo


class Level(StrEnum):
    """How long a stretch is: months and days are the region's own, shorter ones are UTC's."""

    MONTH = "month"
    DAY = "day"
    SIX_HOURS = "six_hours"
    HOUR = "hour"


REMEMBERED = 1_000
HOURS = {Level.SIX_HOURS: 6, Level.HOUR: 1}


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole stretches of one level: from the moment `since` to before `until`; None is open."""

    level: Level
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Edge:
    """What no whole stretch covers, from `since` to before `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A period, aware moments or None, and what it is put together from, in order."""

    since: datetime | None
    until: datetime | None
    pieces: tuple[Piece, ...]
    edges: tuple[Edge, ...]


@lru_cache(REMEMBERED)
def span_of(
    since: datetime | None, until: datetime | None, zone: ZoneInfo, levels: tuple[Level, ...]
) -> Span:
    """The period from `since` to before `until`, put together from the longest stretches."""
    parts = [*_parts(since, until, zone, levels)]
    pieces = tuple(part for part in parts if isinstance(part, Piece))
    return Span(since, until, pieces, tuple(part for part in parts if isinstance(part, Edge)))


def in_days(span: Span) -> Span:
    """The same period put together from nothing shorter than days: hours become edges."""
    pieces, edges = [], [*span.edges]
    for piece in span.pieces:
        if piece.level in HOURS and piece.since is not None and piece.until is not None:
            edges.append(Edge(piece.since, piece.until))
        else:
            pieces.append(piece)
    return Span(span.since, span.until, tuple(pieces), tuple(edges))


def stretch_start(moment: datetime, level: Level, zone: ZoneInfo) -> datetime:
    """When the stretch began in which an aware moment lies; aware UTC."""
    if level in HOURS:
        utc = moment.astimezone(UTC)
        hour = utc.hour - utc.hour % HOURS[level]
        return utc.replace(hour=hour, minute=0, second=0, microsecond=0)
    day = moment.astimezone(zone).date()
    return _midnight(day.replace(day=1) if level is Level.MONTH else day, zone)


def _parts(
    since: datetime | None, until: datetime | None, zone: ZoneInfo, levels: Sequence[Level]
) -> Iterator[Piece | Edge]:
    """The longest stretches in the middle, and shorter ones on both sides of them."""
    if since is not None and until is not None and since >= until:
        return
    if not levels:
        assert since is not None
        assert until is not None
        yield Edge(since, until)
        return
    level, *shorter = levels
    first = since and _at_or_after(since, level, zone)
    last = until and stretch_start(until, level, zone)
    if first is not None and last is not None and first >= last:
        yield from _parts(since, until, zone, shorter)
        return
    if since is not None:
        yield from _parts(since, first, zone, shorter)
    yield Piece(level, first, last)
    if until is not None:
        yield from _parts(last, until, zone, shorter)


def _at_or_after(moment: datetime, level: Level, zone: ZoneInfo) -> datetime:
    """The first stretch that begins at the moment or later."""
    start = stretch_start(moment, level, zone)
    if start == moment:
        return start
    if level in HOURS:
        return start + timedelta(hours=HOURS[level])
    day = start.astimezone(zone).date()
    if level is Level.DAY:
        return _midnight(day + timedelta(days=1), zone)
    return _midnight((day + timedelta(days=31)).replace(day=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
