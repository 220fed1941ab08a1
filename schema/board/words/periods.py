"""Periods that a form offers, each by the name that people know it by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache

from core.law.periods import Period, Periodicity, period_name, period_of, previous
from core.problems.period import WEEK, period_as, week_before
from schema.board.words.values import stretch

WEEKS = "week"
OFFERED = {
    WEEKS: 12,
    Periodicity.MONTH: 13,
    Periodicity.QUARTER: 6,
    Periodicity.YEAR: 2,
}
"""So many of each are offered, the last one first."""

PAGES = 32
Offer = tuple[str, str, bool]


@lru_cache(PAGES)
def offered(
    today: date, among: Collection[str], chosen: str, *, over: bool = False
) -> tuple[Offer, ...]:
    """What may be chosen: how it is written, what it is called, whether it is `chosen`.

    A period of the address that is none of these stands first. Those that are `over` alone leave
    out the one that today is in.
    """
    wanted = period_as(chosen)
    words = [word for kind in among for word in _words(today, kind, over=over)]
    found = [(word, stretch(word), period_as(word) == wanted) for word in words]
    if not any(one[2] for one in found):
        found.insert(0, (chosen, stretch(chosen), True))
    return tuple(found)


def _words(today: date, kind: str, *, over: bool) -> Iterator[str]:
    if kind == WEEKS:
        last = today if over else today + WEEK
        yield from (week_before(last - back * WEEK) for back in range(OFFERED[kind]))
        return
    periodicity = Periodicity(kind)
    period: Period = period_of(today, periodicity)
    if over:
        period = previous(period)
    for _ in range(OFFERED[periodicity]):
        yield period_name(period, periodicity)
        period = previous(period)
