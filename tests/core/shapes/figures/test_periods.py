"""A period is put together from whole stretches, each moment in exactly one of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shapes.figures.periods import Edge, Level, Piece, span_of, stretch_start

MOSCOW, KATHMANDU = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Kathmandu")
BEGINNING, YEARS = datetime(2024, 1, 1, tzinfo=UTC), 3 * 366 * 24 * 3600
MOMENTS = st.integers(0, YEARS).map(lambda seconds: BEGINNING + timedelta(seconds=seconds))
BOUNDS = st.none() | MOMENTS | MOMENTS.map(lambda m: m.replace(minute=0, second=0, microsecond=0))
ZONES = st.sampled_from([MOSCOW, KATHMANDU, ZoneInfo("UTC"), ZoneInfo("Asia/Yekaterinburg")])
LEVELS = st.sampled_from([tuple(Level), (Level.MONTH, Level.DAY)])


def at(day: str, hour: int = 0) -> datetime:
    """A whole hour of UTC."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def inside(moment: datetime, part: Piece | Edge) -> bool:
    return (part.since is None or part.since <= moment) and (
        part.until is None or moment < part.until
    )


@given(BOUNDS, BOUNDS, ZONES, LEVELS, MOMENTS)
def test_every_moment_lies_in_one_part(
    since: datetime | None,
    until: datetime | None,
    zone: ZoneInfo,
    levels: tuple[Level, ...],
    moment: datetime,
) -> None:
    """In days too, which are the same parts, the short ones being edges."""
    span = span_of(since, until, zone, levels)
    wanted = (since is None or since <= moment) and (until is None or moment < until)
    for put in (span, span.in_days()):
        every: list[Piece | Edge] = [*put.pieces, *put.edges]
        parts = [part for part in every if inside(moment, part)]
        assert len(parts) == wanted
        for piece in (part for part in parts if isinstance(part, Piece)):
            # The whole stretch around the moment belongs to the piece.
            start, end = stretch_start(moment, piece.level, zone), piece.until
            assert piece.since is None or piece.since <= start
            assert end is None or stretch_start(end, piece.level, zone) == end
        assert (put.since, put.until, len(every)) == (since, until, len(span.levels))
    assert {piece.level for piece in span.in_days().pieces} <= {Level.MONTH, Level.DAY}


@given(BOUNDS, BOUNDS, ZONES)
def test_edges_are_short(since: datetime | None, until: datetime | None, zone: ZoneInfo) -> None:
    span = span_of(since, until, zone, tuple(Level))
    assert all(edge.until - edge.since < timedelta(hours=2) for edge in span.edges)
    assert len(span.pieces) <= 13


@pytest.mark.parametrize(
    ("since", "until", "pieces"),
    [
        (None, None, [Piece(Level.MONTH, None, None)]),
        (at("2025-12-31", 21), at("2026-02-28", 21), [
            Piece(Level.MONTH, at("2025-12-31", 21), at("2026-02-28", 21)),
        ]),
        (at("2026-01-30", 0), at("2026-02-02", 0), [
            Piece(Level.SIX_HOURS, at("2026-01-30", 0), at("2026-01-30", 18)),
            Piece(Level.HOUR, at("2026-01-30", 18), at("2026-01-30", 21)),
            Piece(Level.DAY, at("2026-01-30", 21), at("2026-02-01", 21)),
            Piece(Level.HOUR, at("2026-02-01", 21), at("2026-02-02", 0)),
        ]),
        (at("2026-01-30", 21), None, [
            Piece(Level.DAY, at("2026-01-30", 21), at("2026-01-31", 21)),
            Piece(Level.MONTH, at("2026-01-31", 21), None),
        ]),
        (at("2026-01-30", 21), at("2026-01-30", 21), []),
    ],
)  # fmt: skip
def test_the_longest_stretches_are_taken(
    since: datetime | None, until: datetime | None, pieces: list[Piece]
) -> None:
    span = span_of(since, until, MOSCOW, tuple(Level))
    assert (span.since, span.until, span.pieces, span.edges) == (since, until, tuple(pieces), ())
