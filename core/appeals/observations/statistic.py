"""What can be told of a group of appeals, and out of which counts: exact, None where nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.appeals.analysis import Figures
from core.law.russian import Code
from core.shapes.figures.rules import DAY, amount, mean


class Statistic(Code):
    """What is told; shares are of 0..1, days full ones of 24 hours from the receipt."""

    COUNT = "count", "сколько обращений"
    ANSWERED = "answered", "сколько с ответом"
    SOLVED = "solved", "сколько с решённой проблемой"
    OVERDUE = "overdue", "сколько с опозданием"
    REWORKED = "reworked", "сколько возвращалось в работу"
    ANSWERED_SHARE = "answered-share", "доля с ответом"
    SOLVED_SHARE = "solved-share", "доля решённых среди отвеченных"
    ON_TIME_SHARE = "on-time-share", "доля без опоздания, где соблюдение срока можно установить"
    REWORKED_SHARE = "reworked-share", "доля возвращённых в работу среди отвеченных"
    SATISFACTION = "satisfaction", "средняя оценка заявителей от 1 до 5"
    RESPONSE_SHARE = "response-share", "доля оценённых среди отвеченных"
    MEAN_DAYS = "mean-days", "среднее число суток до ответа"
    MEDIAN_DAYS = "median-days", "медиана полных суток до ответа с учётом неотвеченных"
    NINETIETH_DAYS = "p90-days", "за сколько полных суток отвечено на девять из десяти"
    INCIDENCE = "incidence-30", "доля с ответом за 30 полных суток, ушедшие без ответа в счёте"
    PROLONGED_DAYS = "prolongation-days", "на сколько дней продлено"


@dataclass(frozen=True, slots=True)
class Ratio:
    """So much of so many cases; where there are none there is nothing to tell."""

    part: Callable[[Figures], int]
    whole: Callable[[Figures], int]
    unit: int = 1

    def cell(self, of: Figures) -> tuple[Fraction | None, int]:
        """The value and the number of cases behind it."""
        whole = self.whole(of)
        value = mean(self.part(of), whole)
        return None if value is None else value / self.unit, whole


@dataclass(frozen=True, slots=True)
class Amount:
    """How many."""

    of: Callable[[Figures], int]

    def cell(self, of: Figures) -> tuple[Fraction | None, int]:
        """The number, out of all cases of the group."""
        return amount(self.of(of)), of.total


def _established(of: Figures) -> int:
    """Of those the verdict is known (R54)."""
    return of.total - of.not_established


def _total(of: Figures) -> int:
    return of.total


def _answered(of: Figures) -> int:
    return of.answered


FORMULAS: Mapping[Statistic, Ratio | Amount] = {
    Statistic.COUNT: Amount(_total),
    Statistic.ANSWERED: Amount(_answered),
    Statistic.SOLVED: Amount(lambda of: of.solved),
    Statistic.OVERDUE: Amount(lambda of: of.overdue),
    Statistic.REWORKED: Amount(lambda of: of.reworked),
    Statistic.ANSWERED_SHARE: Ratio(_answered, _total),
    Statistic.SOLVED_SHARE: Ratio(lambda of: of.solved, _answered),
    Statistic.ON_TIME_SHARE: Ratio(lambda of: max(0, _established(of) - of.overdue), _established),
    Statistic.REWORKED_SHARE: Ratio(lambda of: of.reworked, _answered),
    Statistic.SATISFACTION: Ratio(lambda of: of.mark_sum, lambda of: of.marks),
    Statistic.RESPONSE_SHARE: Ratio(lambda of: of.marks, _answered),
    Statistic.MEAN_DAYS: Ratio(lambda of: of.seconds, _answered, DAY),
}
"""What is told out of sums alone; the others need to know how long every case lasted."""

COUNTED = frozenset(
    {
        *(one for one, how in FORMULAS.items() if isinstance(how, Amount)),
        Statistic.PROLONGED_DAYS,
    }
)
"""Counts: of a group without a case they are zero, where nothing else can be told."""

QUANTILES = {Statistic.MEDIAN_DAYS: 0.5, Statistic.NINETIETH_DAYS: 0.1}
"""Times by Kaplan-Meier: the day by which no more than this share has no answer."""

BY_DAY = {Statistic.INCIDENCE: 30}
"""Shares answered by the end of a day by Aalen-Johansen: who left unanswered stays counted."""
