"""What appeals are counted by and what is told of them; all else is `core.shapes.figures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from core.appeals.charges import charged
from core.appeals.classifier.model import Category
from core.appeals.classifier.naming import WORDS, latest
from core.appeals.model import Appeal
from core.appeals.queries import SETTLED, AppealFilter, View, chosen, held, matching
from core.appeals.rules.lifecycle import OPEN_STATES, Outcome, State
from core.appeals.sight import SIGHT
from core.directory.model import Body
from core.law.russian import Code
from core.shapes.figures.cuts import cut
from core.shapes.figures.measures import (
    MEDIAN,
    OVERDUE,
    TOTAL,
    Lasting,
    Measure,
    Pending,
    number,
    present,
    seconds,
)
from core.shapes.figures.periods import Level
from core.shapes.figures.subject import Filter, Names, Period, Subject


class Dimension(Code):
    """Columns of an appeal by which it is counted."""

    STATE = "state", "состояние"
    OUTCOME = "outcome", "результат"
    BLOCK = "block", "блок"
    THEME = "theme", "тематика"
    BODY = "body_id", "орган, у которого обращение"
    MUNICIPALITY = "municipality", "муниципальное образование"
    CHANNEL = "channel", "канал"
    REGIME = "regime", "обращение или сообщение"
    DUE_RULE = "due_rule", "какой срок действует"
    CATEGORY = "category", "категория классификатора"
    APPLICANT_KIND = "applicant_kind", "вид заявителя"


class Figure(StrEnum):
    """What can be told of appeals: `seconds` from receipt to answer, `mark_sum` of marks.

    `statute_late` and `mechanism_late` are answers after either term (R48), `not_established`
    those of which nobody can tell (R54).

    All are sums but the last, the median of full days; an indicator's median is of seconds.
    """

    TOTAL = TOTAL
    LATE = "late"
    ANSWERED = "answered"
    SECONDS = "seconds"
    SOLVED = "solved"
    REWORKED = "reworked"
    MARKS = "marks"
    MARK_SUM = "mark_sum"
    STATUTE_LATE = "statute_late"
    MECHANISM_LATE = "mechanism_late"
    NOT_ESTABLISHED = "not_established"
    OVERDUE = OVERDUE
    MEDIAN_DAYS = MEDIAN


def _in(states: Iterable[State]) -> str:
    """That an appeal is in one of these states."""
    named = ", ".join(f"'{state}'" for state in State if state in states)
    return f"{{0}}.state IN ({named})"


MEASURES = (
    Measure(Figure.LATE, number(f"{{0}}.late_at IS NOT NULL AND NOT {_in(OPEN_STATES)}")),
    Measure(Figure.ANSWERED, present("answered_at")),
    Measure(Figure.SECONDS, seconds("received_at", "answered_at"), wide=True),
    Measure(Figure.SOLVED, number(f"{{0}}.outcome = '{Outcome.SOLVED}' AND {_in(SETTLED)}")),
    Measure(Figure.REWORKED, number("{0}.reworks > 0")),
    Measure(Figure.MARKS, present("mark")),
    Measure(Figure.MARK_SUM, "coalesce({0}.mark, 0)"),
    Measure(Figure.STATUTE_LATE, number("{0}.statute_late")),
    Measure(Figure.MECHANISM_LATE, number("{0}.mechanism_late")),
    Measure(Figure.NOT_ESTABLISHED, number("{0}.not_established")),
)

_D = Dimension
_SCOPES = (_D.BLOCK, _D.MUNICIPALITY, _D.BODY)
"""What an appointment may be limited to: a person's figures are cut by one of them."""

_WAY = (_D.CHANNEL, _D.REGIME, _D.DUE_RULE)
"""How appeals came in and what that makes of them: one says much of the others."""

CUTS = (
    cut(_D.BODY, levels=tuple(Level)),
    cut(_D.MUNICIPALITY, levels=tuple(Level)),
    cut(*_WAY, levels=tuple(Level)),
    cut(_D.STATE, _D.OUTCOME, levels=tuple(Level)),
    cut(_D.BLOCK, _D.THEME, levels=tuple(Level)),
    *(cut(scope, _D.STATE, _D.OUTCOME) for scope in _SCOPES),
    *(cut(scope, *_WAY) for scope in _SCOPES),
    cut(_D.STATE, _D.OUTCOME, *_WAY),
    cut(_D.BLOCK, _D.THEME, _D.STATE, _D.OUTCOME),
    cut(_D.BLOCK, _D.THEME, *_WAY),
    cut(_D.BLOCK, _D.THEME, _D.BODY),
    cut(_D.BLOCK, _D.BODY, _D.MUNICIPALITY),
    cut(_D.BLOCK, _D.THEME, _D.MUNICIPALITY),
)
"""From those with few cells to those with many. Whatever two dimensions are asked for, some cut
has both; but categories and kinds of applicants no cell has."""

CATEGORY_KEY = (
    "coalesce((SELECT named.key FROM category named WHERE named.id = {0}.category_id), '')"
)
"""The key of a case's category, whatever the edition: a list is looked for by the same."""

VIEWS = {View.REGION: "{0}.in_region_view", View.FEDERAL: "{0}.in_federal_view"}
UNKEPT = (
    "due_from", "due_before", "text", "late_by", "undelivered", "registered_from",
    "registered_before", "answered_from", "answered_before", "closed_from", "closed_before",
    "changed_after", "told_after", "significant", "prolonged", "transferred", "reworked", "numbers",
    "rated", "established",
    "external_ids", "applicant_kinds", "address", "executors", "categories", "awaiting",
)  # fmt: skip
"""What appeals may be looked for by, but no cell knows."""

UNASKED: tuple[object, ...] = (None, (), [])
"""What stands in a filter where nothing was chosen."""


def _needed(criteria: AppealFilter) -> Iterator[Dimension]:
    if criteria.regime is not None:
        yield Dimension.REGIME
    if criteria.queued is not None or criteria.body_keys or criteria.charges:
        yield Dimension.BODY
    if criteria.without_deadline is not None:
        yield Dimension.DUE_RULE


def _further(rows: Any, criteria: AppealFilter) -> Sequence[ColumnElement[bool]]:
    conditions = []
    if criteria.regime is not None:
        conditions.append(rows.regime == criteria.regime)
    if criteria.body_keys:
        conditions.append(held(rows.body_id, criteria, rows.body_id == 0))
    if criteria.queued is not None:
        conditions.append((rows.body_id == 0) if criteria.queued else (rows.body_id != 0))
    if criteria.without_deadline is not None:
        none = rows.due_rule == APPEALS.empty(Dimension.DUE_RULE)
        conditions.append(none if criteria.without_deadline else ~none)
    if criteria.view is not None:
        conditions.append(rows.views.in_(BITS[criteria.view]))
    if criteria.charges:
        in_region = rows.views.in_(BITS[View.REGION])
        conditions.append(charged(criteria.charges, rows.body_id, rows.body_id == 0, in_region))
    return conditions


def _period(criteria: AppealFilter) -> Period:
    return criteria.received_from, criteria.received_before


APPEALS = Subject(
    model=Appeal,
    prefix="rollup",
    at="received_at",
    dimensions=Dimension,
    measures=MEASURES,
    cuts=CUTS,
    sight=SIGHT,
    filter=Filter(
        chosen=chosen,
        period=_period,
        rows=matching,
        further=_further,
        needed=_needed,
        kept=lambda criteria: all(getattr(criteria, name) in UNASKED for name in UNKEPT),
        late=lambda criteria: criteria.overdue,
    ),
    loose={Dimension.CATEGORY: CATEGORY_KEY, Dimension.APPLICANT_KIND: "{0}.applicant_kind"},
    views=tuple(VIEWS.values()),
    pending=Pending("late_at", _in(OPEN_STATES), Figure.LATE),
    lasting=Lasting("answered_at", Figure.ANSWERED),
    names=(
        Names(Dimension.BODY, Body, Body.id.__eq__, (Body.key, Body.name)),
        Names(Dimension.CATEGORY, Category, latest, (Category.key, WORDS)),
    ),
)
BITS = {view: APPEALS.with_view(number) for number, view in enumerate(VIEWS)}
"""Which values of the bits a view's figures have."""
