"""The heat map: how many appeals by theme and municipality, and where there are unexpectedly many.

What is expected is told by the same weeks of earlier years; of under two years of history the
season is unknown, and the weeks right before tell it, grown as the region has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from core.appeals.figures.subject import APPEALS
from core.appeals.observations.table import first_day
from core.appeals.queries import View
from core.db.cache import Memo
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period, midnight
from core.law.rulebook import Rulebook
from core.problems.counts import Key, counts_of, keys_of, placed
from core.problems.period import WEEK
from core.problems.surprise import RECENT, UNKNOWN, Surprise, surprises
from core.shapes.figures.marks import CellMark, cell
from core.shapes.figures.periods import Level
from core.shapes.figures.remembered import last_fold
from core.shapes.figures.rules import amount
from core.shapes.figures.weekly import Stretch
from core.statistics.seasons import Frame, Seen

YEAR, BESIDE, MOST_YEARS = 52, 3, 5
"""Weeks of a year, so many weeks on either side of the same ones, and how far back."""

BEFORE, LEAST_BEFORE = 26, 8
"""While the season is unknown: so many weeks right before at most, and at least."""

FAR_FEWER, LONGEST_MONTH = 10, timedelta(days=32)
"""Months with a tenth of what is usual are strays: history begins after the last of them."""

KEPT = 64
"""Maps are kept while no row changes, and how surprising the same counts are."""

_told: WeakKeyDictionary[Rulebook, Memo[HeatMap]] = WeakKeyDictionary()
"""By the law that says which themes and places there are."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A theme in a municipality: exact count of the period, how to read it, how surprising."""

    theme: str | None
    municipality: str | None
    cases: int
    mark: CellMark
    surprise: Surprise


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The cells, those that stand out most first.

    `until` is the first day no longer counted: today is not over. `years` of history tell what to
    expect, 0 while the season is unknown; None where nothing does.
    """

    period: Period
    until: date
    years: int | None
    since_moment: datetime
    until_moment: datetime
    cells: tuple[HeatCell, ...]

    @property
    def last_day(self) -> date:
        """The last day counted, by whose law the cells stand."""
        return self.until - timedelta(days=1)


@serves(
    RU_1844.cite("2.heat-map"),
    RU_1844.cite("2.heat-map.1"),
    RU_1844.cite("2.heat-map.3"),
    RU_1844.cite("4.б.1"),
)
async def heat_map(work: Work, period: Period, view: View | None = None) -> HeatMap:
    """Of what the actor may see, received on the period's days that are over. Needs READ_APPEALS.

    Refuses DATE_OUT_OF_RANGE a period without such a day, TOO_MUCH what has to be counted one by
    one and is more than MOST_ROWS.
    """
    require(work.actor, Permission.READ_APPEALS)
    until = until_of(work, period)
    fold, maps = await last_fold(work, APPEALS), _told.setdefault(work.rules, Memo(KEPT))
    key = fold and (fold.word, work.actor.scopes(Permission.READ_APPEALS), view, period, until)
    if fold and fold.changed:
        return await _reckoned(work, period, until, view)
    found = maps.known(key) or await _reckoned(work, period, until, view)
    return maps.recall(key, lambda: found) if fold else found


async def _reckoned(work: Work, period: Period, until: date, view: View | None) -> HeatMap:
    frame, stretches = await looked_at(work, period, until)
    counts = await counts_of(work, view, stretches)
    keys = keys_of(work, until - timedelta(days=1))
    found = placed(work, counts, keys, len(stretches), until - timedelta(days=1))
    cells = _cells(found, keys, frame, provisional=until < period.end)
    if not any(one.cases for one in cells) and await _before_all(work, until):
        cells = [replace(one, mark=CellMark.MISSING) for one in cells]
    years = None if not frame.weeks else frame.years
    return HeatMap(period, until, years, *stretches[0], tuple(cells))


async def _before_all(work: Work, until: date) -> bool:
    """Whether no appeal had been taken in yet: then none of them is no zero."""
    first = await first_day(work)
    return first is None or until <= first


def until_of(work: Work, period: Period) -> date:
    """The first day no longer counted; refuses DATE_OUT_OF_RANGE where no day is over yet."""
    until = min(period.end, work.today)
    if period.start >= until:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "В этом периоде ещё не окончился ни один день")
    return until


async def looked_at(work: Work, period: Period, until: date) -> tuple[Frame, list[Stretch]]:
    """What tells what to expect, and which days are counted: the period, of late, those weeks."""
    length = (until - period.start) / WEEK
    frame = _frame(length, await _history(work, period.start))
    recent = min(period.start, until - RECENT * WEEK)
    days = [(period.start, until), (recent, until), *_weeks(period.start, frame)]
    return frame, [(midnight(one, work.zone), midnight(end, work.zone)) for one, end in days]


async def _history(work: Work, start: date) -> int:
    """How many whole weeks before the day the region has appeals of, a stray old one apart."""
    table = APPEALS.tables.cells.table
    of_all = table.c.cut == APPEALS.cuts[0].key
    totals = select(table.c.start, func.sum(table.c.total)).where(
        of_all, table.c.level == Level.MONTH, table.c.start < midnight(start, work.zone)
    )
    rows = await work.session.execute(totals.group_by(table.c.start).order_by(table.c.start))
    months = [(month, int(total)) for month, total in rows]
    if not months:
        return 0
    days = select(func.min(table.c.start)).where(
        of_all, table.c.level == Level.DAY, table.c.start >= whole_since(months)
    )
    first = await work.session.scalar(days)
    return 0 if first is None else max(0, (start - local_date(first, work.zone)) // WEEK)


def whole_since(months: Sequence[tuple[datetime, int]]) -> datetime:
    """The first of the months, in their order, from which on none has far fewer than usual."""
    usual = sorted(total for _, total in months)[len(months) // 2]
    found, later = months[-1][0], months[-1][0]
    for month, total in reversed(months):
        if later - month > LONGEST_MONTH or total * FAR_FEWER < usual:
            break
        found = later = month
    return found


def _frame(length: float, history: int) -> Frame:
    """The weeks that tell what to expect, by how many there are."""
    years = min(MOST_YEARS, history // YEAR)
    if years < 2:
        before = min(BEFORE, history)
        weeks = range(-before, 0) if before >= LEAST_BEFORE else ()
        return Frame(length, tuple(map(float, weeks)), 0)
    last = int(-(-length // 1)) + BESIDE
    every = (k - YEAR * year for year in range(years, 0, -1) for k in range(-BESIDE, last))
    beside = sorted({week for week in every if -history <= week < 0})
    return Frame(length, tuple(map(float, beside)), years)


def _weeks(start: date, frame: Frame) -> Iterable[tuple[date, date]]:
    for week in frame.weeks:
        first = start + int(week) * WEEK
        yield first, first + WEEK


def _cells(
    counts: Mapping[Key, Sequence[int]], keys: Sequence[Key], frame: Frame, *, provisional: bool
) -> list[HeatCell]:
    """All places and themes of the day are looked at together; what has neither is shown alone."""
    told = _surprises(tuple(keys), tuple(tuple(counts[key]) for key in keys), frame)
    cells = [
        HeatCell(
            *key,
            some[0],
            _mark(key, some[0], provisional=provisional),
            told.get(key, UNKNOWN),
        )
        for key, some in counts.items()
        if key in told or some[0]
    ]
    return sorted(cells, key=_order)


@lru_cache(KEPT)
def _surprises(
    keys: tuple[Key, ...], counts: tuple[tuple[int, ...], ...], frame: Frame
) -> Mapping[Key, Surprise]:
    """How surprising each cell is: by its period, its last weeks, and the weeks beside."""
    pairs = [*zip(keys, counts, strict=True)]
    seen: dict[Key, Seen[Key]] = {
        key: Seen((key[0], None), some[0], some[2:]) for key, some in pairs
    }
    return surprises(seen, {key: some[1] for key, some in pairs}, frame)


def _mark(key: Key, cases: int, *, provisional: bool) -> CellMark:
    if key[1] is None:
        return CellMark.NO_PLACE
    return cell(amount(cases), cases, provisional=provisional).mark


def _order(one: HeatCell) -> tuple[float, float, int, str, str]:
    share, chance = one.surprise.share, one.surprise.chance
    least = 2.0 if share is None else share
    return least, chance or 0.0, -one.cases, one.theme or "", one.municipality or ""
