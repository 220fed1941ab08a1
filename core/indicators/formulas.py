"""Formulas over the system's own figures: one Select of counts each, and exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, func, select

from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.model import Survey
from core.db.durations import seconds_between
from core.shapes.figures import rules as figures

Row = Select[*tuple[Any, ...]]
Counts = Callable[[ColumnElement[bool], datetime, datetime], Row]


@dataclass(frozen=True, slots=True)
class Formula:
    """`counts` selects one row for the cases that fit and two moments; `figure` reckons with it."""

    key: str
    name: str
    unit: str
    counts: Counts
    figure: Callable[..., Fraction | None]


def _messages(fits: ColumnElement[bool], start: datetime, end: datetime) -> Row:
    return select(func.count(Appeal.id)).where(fits, _in(Appeal.received_at, start, end))


def _answered_in_time(fits: ColumnElement[bool], start: datetime, end: datetime) -> Row:
    """Of what was due in the period, not withdrawn and of an established verdict (R54)."""
    due = and_(
        fits,
        _in(Appeal.due_at, start, end),
        func.coalesce(Appeal.outcome, "") != Outcome.WITHDRAWN,
        Appeal.not_established.is_(False),
    )
    met = and_(Appeal.answered_at.is_not(None), Appeal.late_at.is_(None))
    in_time = func.count(Appeal.id).filter(met)
    return select(in_time, func.count(Appeal.id)).where(due)


def _days_to_answer(fits: ColumnElement[bool], start: datetime, end: datetime) -> Row:
    """The sum and the number of the middle lengths: one of an odd number, two of an even one."""
    length = seconds_between(Appeal.received_at, Appeal.answered_at)
    lengths = (
        select(
            length.label("length"),
            func.row_number().over(order_by=(length, Appeal.id)).label("place"),
            func.count().over().label("of"),
        )
        .where(fits, _in(Appeal.answered_at, start, end))
        .subquery()
    )
    twice = 2 * lengths.c.place
    middle = twice.between(lengths.c.of, lengths.c.of + 2)
    total = cast(func.sum(lengths.c.length), BigInteger)  # PostgreSQL sums bigints to numeric
    return select(total, func.count()).select_from(lengths).where(middle)


def _marks(fits: ColumnElement[bool], start: datetime, end: datetime) -> Row:
    query = select(func.sum(Survey.mark), func.count(Survey.mark))
    joined = query.select_from(Survey).join(Appeal, Appeal.id == Survey.appeal_id)
    return joined.where(fits, _in(Survey.answered_at, start, end))


def _solved(fits: ColumnElement[bool], start: datetime, end: datetime) -> Row:
    solved = func.count(Appeal.id).filter(Appeal.outcome == Outcome.SOLVED)
    answered = _in(Appeal.answered_at, start, end)
    return select(solved, func.count(Appeal.id)).where(fits, answered)


def _in(column: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(column >= start, column < end)


FORMULAS: Mapping[str, Formula] = {
    formula.key: formula
    for formula in (
        Formula("messages", "Число обращений и сообщений", "шт.", _messages, figures.amount),
        Formula(
            "answered-in-time",
            "Доля ответов в срок",
            "%",
            _answered_in_time,
            figures.percent,
        ),
        Formula(
            "days-to-answer",
            "Медиана времени до ответа",
            "дней",
            _days_to_answer,
            figures.median_days,
        ),
        Formula("mean-mark", "Средняя оценка", "балл", _marks, figures.mean),
        Formula("solved", "Доля решённых", "%", _solved, figures.percent),
    )
}
