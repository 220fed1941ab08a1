"""Figures for everybody: a closed list of tables, over closed months, that reveal no case.

The list has one cut, and months share no appeal, so that no published count is a sum of others:
`core.shapes.figures.disclosure` says why more would tell single cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.appeals.figures.subject import Dimension
from core.appeals.observations.histories import histories
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, size
from core.appeals.queries import AppealFilter
from core.directory.rules.bodies import Theme
from core.kernel.access import system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.periods import midnight
from core.shapes.figures.disclosure import told_count, told_median
from core.statistics.survival import History, median, merged

CUT = (Dimension.THEME,)
MEASURES = frozenset({Statistic.COUNT, Statistic.MEDIAN_DAYS})
LISTED = (
    "Для всех открыты только число обращений и медиана суток до ответа по тематикам,"
    " за один целый прошедший месяц"
)
"""What is refused is outside the list, whatever it is."""


async def published(
    work: Work, measure: Statistic, by: Sequence[Dimension], since: date | None, until: date | None
) -> list[Row]:
    """A table for everybody, received on the local days from `since` to `until`, both counted.

    A row for each theme of the law of the month's last day and one for none, whether there was
    anything or not. Whoever asks gets the same. Refuses INVALID for what is not on the list.
    """
    if tuple(by) != CUT or measure not in MEASURES or since is None or until is None:
        raise Refusal(RefusalCode.INVALID, LISTED)
    if since.day != 1 or until != _last_of(since) or until >= work.today:
        raise Refusal(RefusalCode.INVALID, LISTED)
    whole = AppealFilter(
        received_from=midnight(since, work.zone),
        received_before=midnight(until + timedelta(days=1), work.zone),
    )
    keys = [*sorted(theme.key for theme in work.rules.all(Theme, until)), None]
    found = await _by_theme(work, whole, keys)
    if measure is Statistic.COUNT:
        return [Row((key,), told_count(size(found[key]))) for key in keys]
    return [Row((key,), told_median(median(found[key]), size(found[key]))) for key in keys]


async def _by_theme(
    work: Work, whole: AppealFilter, keys: Sequence[str | None]
) -> Mapping[str | None, History]:
    """The histories of these themes until this morning; what has no other goes to None."""
    everything = replace(work, actor=system({Permission.READ_APPEALS}))
    found = await histories(everything, CUT, whole, midnight(work.today, work.zone))
    parts: dict[str | None, list[History]] = {key: [] for key in keys}
    for (key,), history in found.items():
        parts[key if key in parts else None].append(history)
    return {key: merged(some) for key, some in parts.items()}


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
