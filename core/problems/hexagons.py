"""The heat map by hexagons (H3) where the coordinates of the place are known.

A point at which a program puts whatever it does not know the place of is no place: many cases
there, on all kinds of themes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import h3  # type: ignore[import-untyped]
from sqlalchemy import ColumnElement, and_, func, or_, select

from core.appeals.model import Appeal
from core.appeals.observations.known import check_by_law
from core.appeals.queries import AppealFilter, View, matching, visible
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.aside import aside
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.problems.heat import looked_at, until_of
from core.problems.surprise import UNKNOWN, Surprise, surprises
from core.shapes.figures.weekly import Stretch
from core.statistics.seasons import Frame, Seen

RESOLUTIONS, USUAL = range(4, 9), 6
"""H3's: a hexagon of the usual one is about 7 km across."""

MOST_ROWS = 200_000
"""Coordinates have no cells: so many appeals are read one by one."""

MANY, SHARE, MIXED = 20, 0.05, 0.5
"""A point of so many cases, that has so much of all, none of its themes more than half of them."""


class Located(NamedTuple):
    """One appeal, as the database tells it."""

    received_at: datetime
    theme: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class HexCell:
    """A hexagon by its H3 index: exact count of the period, how surprising."""

    index: str
    cases: int
    surprise: Surprise

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Latitude and longitude of each corner, in turn."""
        return tuple(h3.cell_to_boundary(self.index))


@dataclass(frozen=True, slots=True)
class HexMap:
    """The hexagons with any case, those that stand out most first; `HeatMap` says the rest.

    `nowhere` cases of the period have no coordinates, or those of a point that is no place.
    """

    period: Period
    until: date
    years: int | None
    resolution: int
    nowhere: int
    cells: tuple[HexCell, ...]


@serves(RU_1844.cite("2.heat-map"), RU_1844.cite("2.heat-map.1"))
async def hexagon_map(
    work: Work,
    period: Period,
    theme: str | None = None,
    view: View | None = None,
    resolution: int = USUAL,
) -> HexMap:
    """Of what the actor may see, of one theme or of all. Needs READ_APPEALS.

    Refuses as `heat_map` does, INVALID a resolution that is not among RESOLUTIONS, and TOO_MUCH
    more than MOST_ROWS appeals in all weeks that are looked at.
    """
    require(work.actor, Permission.READ_APPEALS)
    if resolution not in RESOLUTIONS:
        text = f"Размер шестиугольника — от {RESOLUTIONS[0]} (крупный) до {RESOLUTIONS[-1]}"
        raise Refusal(RefusalCode.INVALID, text)
    check_by_law(work.rules, AppealFilter(themes=(theme,) if theme else ()))
    until = until_of(work, period)
    frame, stretches = await looked_at(work, period, until)
    rows = await _rows(work, stretches, theme, view)
    nowhere, cells = await aside(_cells, rows, stretches, frame, resolution)
    years = None if not frame.weeks else frame.years
    return HexMap(period, until, years, resolution, nowhere, cells)


async def _rows(
    work: Work, stretches: Sequence[Stretch], theme: str | None, view: View | None
) -> list[Located]:
    criteria = AppealFilter(view=view, themes=(theme,) if theme else ())
    condition = and_(
        visible(work.actor), matching(criteria, work.now, work.dialect), _within(stretches)
    )
    every = await work.session.scalar(select(func.count(Appeal.id)).where(condition)) or 0
    if every > MOST_ROWS:
        text = f"Обращений больше {MOST_ROWS}: сузьте период или выберите тематику"
        raise Refusal(RefusalCode.TOO_MUCH, text)
    told = Appeal.received_at, Appeal.theme, Appeal.latitude, Appeal.longitude
    rows = await work.session.execute(select(*told).where(condition))
    return [Located(*row) for row in rows]


def _within(stretches: Sequence[Stretch]) -> ColumnElement[bool]:
    """Any of the stretches, those that meet or overlap taken for one."""
    joined: list[Stretch] = []
    for since, until in sorted(stretches):
        if joined and since <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(until, joined[-1][1])
        else:
            joined.append((since, until))
    return or_(*(and_(Appeal.received_at >= one, Appeal.received_at < end) for one, end in joined))


def _cells(
    rows: Sequence[Located], stretches: Sequence[Stretch], frame: Frame, resolution: int
) -> tuple[int, tuple[HexCell, ...]]:
    """How many of the period have no place, and the hexagons: all looked at together."""
    strange, known = no_places(rows), dict[tuple[float, float], str]()
    found, nowhere = dict[str, list[int]](), 0
    starts = _starts(stretches)
    for row in rows:
        numbers = starts.of(row.received_at)
        if row.latitude is None or row.longitude is None:
            nowhere += 0 in numbers
            continue
        point = row.latitude, row.longitude
        if point in strange:
            nowhere += 0 in numbers
            continue
        index = known.get(point) or known.setdefault(point, h3.latlng_to_cell(*point, resolution))
        counts = found.setdefault(index, [0] * len(stretches))
        for number in numbers:
            counts[number] += 1
    seen: dict[str | None, Seen[str | None]] = {
        key: Seen(None, some[0], tuple(some[2:])) for key, some in found.items()
    }
    recent: dict[str | None, int] = {key: some[1] for key, some in found.items()}
    told = surprises(seen, recent, frame)
    cells = [HexCell(key, some[0], told.get(key, UNKNOWN)) for key, some in found.items()]
    shown = (one for one in cells if one.cases or one.surprise.out)
    return nowhere, tuple(sorted(shown, key=_order))


def no_places(rows: Iterable[Located]) -> frozenset[tuple[float, float]]:
    """The points that are no places: of all cases too many are there, on too many themes."""
    themes = dict[tuple[float, float], Counter[str | None]]()
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            themes.setdefault((row.latitude, row.longitude), Counter())[row.theme] += 1
    located = sum(some.total() for some in themes.values())
    return frozenset(
        point
        for point, some in themes.items()
        if some.total() >= max(MANY, SHARE * located) and max(some.values()) <= MIXED * some.total()
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where stretches begin and end, in order, and which stretches lie between two ends."""

    ends: tuple[datetime, ...]
    numbers: tuple[tuple[int, ...], ...]

    def of(self, moment: datetime) -> tuple[int, ...]:
        """The stretches in which the moment lies."""
        return self.numbers[bisect_right(self.ends, moment)]


def _starts(stretches: Sequence[Stretch]) -> _Ends:
    ends = sorted({moment for stretch in stretches for moment in stretch})
    between = [
        tuple(n for n, (since, until) in enumerate(stretches) if since <= end < until)
        for end in ends
    ]
    return _Ends(tuple(ends), ((), *between))


def _order(one: HexCell) -> tuple[float, float, int, str]:
    share, chance = one.surprise.share, one.surprise.chance
    return 2.0 if share is None else share, chance or 0.0, -one.cases, one.index
