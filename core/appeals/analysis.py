"""Analysis of appeals: how many, how late, how well solved and liked, by any dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from core.appeals.content import searcher
from core.appeals.figures.subject import APPEALS, Dimension, Figure
from core.appeals.queries import AppealFilter
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.figures.analysis import MOST_GROUPS, Group, figures_of, span_for, tally
from core.shapes.figures.rules import DAY

SHOWN = tuple(figure for figure in Figure if figure is not Figure.LATE)
"""What is told of a group."""

SUMS = tuple(figure for figure in SHOWN if figure is not Figure.MEDIAN_DAYS)


class Figures(Group):
    """One group of appeals and its figures.

    `overdue` came late or is past its deadline; `statute_late` and `mechanism_late` were answered
    after the one or the other thirty days (R48), of `not_established` nobody can tell (R54);
    `reworked` went back into work after a dispute; `marks` applicants gave marks of 1..5, which sum
    up to `mark_sum`; `seconds` sum up from receipt to answer over those `answered`. `median_days`
    is in how many full days of 24 hours half of them were answered: of two in the middle their
    mean, None while nothing is answered.
    """

    __slots__ = ()
    subject = APPEALS
    answered = seconds = solved = reworked = marks = mark_sum = 0
    statute_late = mechanism_late = not_established = 0
    median_days: float | None = None

    @property
    def mean_days(self) -> float | None:
        """Days from receipt to answer, on average; None while nothing is answered."""
        return self.seconds / self.answered / DAY if self.answered else None

    @property
    def mean_mark(self) -> float | None:
        """The mean mark; None while nobody gave one."""
        return self.mark_sum / self.marks if self.marks else None


@serves(
    RU_1844.cite("4.а.1"),
    RU_1844.cite("4.а.3"),
    RU_1844.cite("10.г.4.1"),
    RU_1844.cite("2.heat-map.2"),
)
async def analyse(
    work: Work,
    by: Sequence[Dimension],
    criteria: AppealFilter | None = None,
    most: int = MOST_GROUPS,
    apart: ColumnElement[Any] | None = None,
) -> list[Figures]:
    """Count what the actor may see and the filter fits, large groups first. Needs READ_APPEALS.

    Where something tells them `apart` beside, no median is told. Refuses TOO_MUCH more than `most`
    groups.
    """
    require(work.actor, Permission.READ_APPEALS)
    wanted = criteria or AppealFilter()
    actor = searcher(work.actor, wanted)
    span = span_for(APPEALS, by, actor, wanted, work.zone)
    shown = SHOWN if apart is None else SUMS
    query = tally(APPEALS, actor, work.now, work.dialect, by, wanted, span, shown, most, apart)
    return figures_of(Figures, by, shown, (await work.session.execute(query)).all(), most)
