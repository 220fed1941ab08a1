"""Figures for everybody: a closed list of tables, over closed months, that reveal no case.

No table has all the dimensions of another, and of each pair one has a dimension whose cases without
a value are told nowhere: any counts that the tables may show go together with any of the others, so
that none tells more than itself. `core.shapes.figures.disclosure` says what one leaves possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product

from core.appeals.figures.subject import Dimension
from core.appeals.observations.histories import Values, histories
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, size
from core.appeals.queries import AppealFilter
from core.appeals.rules.intake import Channel, Regime
from core.appeals.rules.lifecycle import Outcome
from core.directory.rules.bodies import Theme
from core.kernel.access import system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.law.periods import midnight
from core.law.rulebook import Rulebook
from core.shapes.figures.disclosure import told_count, told_median
from core.shapes.figures.marks import Cell
from core.statistics.survival import History, median

UNTOLD = frozenset({Dimension.THEME, Dimension.MUNICIPALITY, Dimension.OUTCOME, Dimension.BODY})
"""Dimensions that a case may have no value of: how many have none is published nowhere."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A table on the list: what it is by, what it tells, and what it is called."""

    by: tuple[Dimension, ...]
    measures: frozenset[Statistic]
    title: str


COUNT_AND_MEDIAN = frozenset({Statistic.COUNT, Statistic.MEDIAN_DAYS})
LIST = (
    Listed((Dimension.THEME,), COUNT_AND_MEDIAN, "по тематикам"),
    Listed((Dimension.MUNICIPALITY,), COUNT_AND_MEDIAN, "по муниципальным образованиям"),
    Listed(
        (Dimension.CHANNEL, Dimension.REGIME, Dimension.OUTCOME),
        frozenset({Statistic.COUNT}),
        "оконченные — по каналам, видам и результатам",
    ),
)
BY_RATINGS = (Dimension.BODY,)
"""What ratings tell numbers of cases by, of a quarter: no table of the list may have it."""

LISTED = (
    "Для всех открыты только таблицы за один целый прошедший месяц: число обращений и медиана суток"
    " до ответа по тематикам или по муниципальным образованиям, число оконченных — по каналам,"
    " видам и результатам"
)
"""What is refused is outside the list, whatever it is."""


def check_listed(
    work: Work, measure: Statistic, by: Sequence[Dimension], since: date | None, until: date | None
) -> date:
    """The first day of the month that is asked for; refuses INVALID what is not on the list."""
    found = next((one for one in LIST if one.by == tuple(by)), None)
    if found is None or measure not in found.measures or since is None or until is None:
        raise Refusal(RefusalCode.INVALID, LISTED)
    if since.day != 1 or until != _last_of(since) or until >= work.today:
        raise Refusal(RefusalCode.INVALID, LISTED)
    return since


async def published(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    since: date | None,
    until: date | None,
    as_of: datetime,
) -> list[Row]:
    """A table for everybody, received on the local days from `since` to `until`, both counted.

    A row for each value of the law of the month's last day, whether there was anything or not, and
    none for cases without a value; what came to the cases after the aware moment is not told. It is
    shown as it was released: see `released`. Refuses INVALID for what is not on the list.
    """
    first = check_listed(work, measure, by, since, until)
    last = _last_of(first)
    whole = AppealFilter(
        received_from=midnight(first, work.zone),
        received_before=midnight(last + timedelta(days=1), work.zone),
    )
    everything = replace(work, actor=system({Permission.READ_APPEALS}))
    told = await histories(everything, by, whole, as_of)
    if Dimension.OUTCOME in by:
        told = {values: _ended(history) for values, history in told.items()}
    keys = values_of(work.rules, by, last)
    return [Row(key, _cell(measure, told.get(key, {}))) for key in keys]


def values_of(rules: Rulebook, by: Sequence[Dimension], on: date) -> list[Values]:
    """The rows of a table: every combination of what stands on the day, in one order."""
    named: Mapping[Dimension, Sequence[str]] = {
        Dimension.THEME: sorted(one.key for one in rules.all(Theme, on)),
        Dimension.MUNICIPALITY: sorted(one.key for one in rules.all(Municipality, on)),
        Dimension.CHANNEL: sorted(one.key for one in rules.all(Channel, on)),
        Dimension.REGIME: [*Regime],
        Dimension.OUTCOME: [*Outcome],
    }
    return [*product(*(map(str, named[one]) for one in by))]


def _cell(measure: Statistic, history: History) -> Cell:
    if measure is Statistic.COUNT:
        return told_count(size(history))
    return told_median(median(history), size(history))


def _ended(history: History) -> History:
    """Without the cases that were still open then: a later outcome is not told."""
    return {day: ends._replace(open=0) for day, ends in history.items()}


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
