"""Stretches of time in which cells are kept, and how a period is put together from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.law.periods import midnight


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
    """A period put together from stretches in order: the level of each, and where they meet.

    A stretch without a level is an edge. `ends` has one moment more than there are stretches,
    aware; None is open.
    """

    levels: tuple[Level | None, ...]
    ends: tuple[datetime | None, ...]

    @property
    def since(self) -> datetime | None:
        """When the period begins."""
        return self.ends[0]

    @property
    def until(self) -> datetime | None:
        """Before when it ends."""
        return self.ends[-1]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stretches that cells have."""
        return tuple(part for part in self._parts() if isinstance(part, Piece))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The others."""
        return tuple(part for part in self._parts() if isinstance(part, Edge))

    def in_days(self) -> Span:
        """The same period put together from nothing shorter than days: hours become edges."""
        return Span(tuple(None if one in HOURS else one for one in self.levels), self.ends)

    def _parts(self) -> Iterator[Piece | Edge]:
        for level, since, until in zip(self.levels, self.ends, self.ends[1:], strict=False):
            if level is not None:
                yield Piece(level, since, until)
            elif since is not None and until is not None:
                yield Edge(since, until)


@lru_cache(REMEMBERED)
def span_of(
    since: datetime | None, until: datetime | None, zone: ZoneInfo, levels: tuple[Level, ...]
) -> Span:
    """The period from `since` to before `until`, put together from the longest stretches."""
    parts = [*_parts(since, until, zone, levels)]
    found = tuple(part.level if isinstance(part, Piece) else None for part in parts)
    return Span(found, (since, *(part.until for part in parts)) if parts else (since, until))


def stretch_start(moment: datetime, level: Level, zone: ZoneInfo) -> datetime:
    """When the stretch began in which an aware moment lies; aware UTC."""
    if level in HOURS:
        utc = moment.astimezone(UTC)
        hour = utc.hour - utc.hour % HOURS[level]
        return utc.replace(hour=hour, minute=0, second=0, microsecond=0)
    day = moment.astimezone(zone).date()
    return midnight(day.replace(day=1) if level is Level.MONTH else day, zone)


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
        return midnight(day + timedelta(days=1), zone)
    return midnight((day + timedelta(days=31)).replace(day=1), zone)
