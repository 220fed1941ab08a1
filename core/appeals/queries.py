"""Selects of appeals; whoever returns rows of cases goes through `visible`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from core.appeals.model import IS_LIVE, MAY_BE_LATE, Appeal
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import OPEN_STATES, Outcome, State
from core.kernel.access import Actor, Scope
from core.kernel.codes import Permission
from core.kernel.search import text_condition
from core.law.russian import Code

SETTLED = (State.ANSWERED, State.CLOSED)
"""Where an outcome stands; what went back into work or is disputed is not solved."""


class View(Code):
    """Whose figures: the region's own narrower view, or the federal one (R11)."""

    REGION = "region", "показатели региона по его акту"
    FEDERAL = "federal", "показатели по федеральным Правилам"


@dataclass(frozen=True, slots=True)
class AppealFilter:
    """What to look for; None and empty look for everything. Bodies are ids, moments aware.

    `overdue` compares the answer, or `now` while there is none, with the governing deadline;
    `without_deadline` looks for what no term of the answer governs.
    """

    states: Sequence[State] = ()
    outcomes: Sequence[Outcome] = ()
    blocks: Sequence[str] = ()
    themes: Sequence[str] = ()
    bodies: Sequence[int] = ()
    municipalities: Sequence[str] = ()
    channels: Sequence[str] = ()
    regime: Regime | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    overdue: bool | None = None
    queued: bool | None = None
    without_deadline: bool | None = None
    text: str | None = None
    view: View | None = None


def visible(actor: Actor, permission: Permission = Permission.READ_APPEALS) -> ColumnElement[bool]:
    """The rows that the actor may see under this permission; none without a grant."""
    return within(Appeal, actor.scopes(permission))


def within(rows: Any, scopes: Iterable[Scope]) -> ColumnElement[bool]:
    """The rows, of appeals or with the same columns, that lie in one of these scopes."""
    return or_(false(), *(_within(rows, scope) for scope in scopes))


def chosen(criteria: AppealFilter) -> dict[str, Sequence[str | int]]:
    """The values that will do, by the name of the column; of an empty list any will."""
    return {
        "state": criteria.states,
        "outcome": criteria.outcomes,
        "block": criteria.blocks,
        "theme": criteria.themes,
        "body_id": criteria.bodies,
        "municipality": criteria.municipalities,
        "channel": criteria.channels,
    }


def matching(criteria: AppealFilter, now: datetime, dialect: str) -> ColumnElement[bool]:
    """The rows that fit the filter at this moment."""
    conditions: list[ColumnElement[bool]] = [
        getattr(Appeal, name).in_([*values]) for name, values in chosen(criteria).items() if values
    ]
    conditions += _periods(criteria)
    if criteria.states and State.CLOSED not in criteria.states:
        conditions.append(IS_LIVE)  # says nothing new, but names the index of such cases
    if criteria.regime is not None:
        conditions.append(Appeal.regime == criteria.regime)
    if criteria.overdue is not None:
        conditions.append(overdue(now) if criteria.overdue else ~overdue(now))
    if criteria.queued is not None:
        conditions.append(Appeal.body_id.is_(None) == criteria.queued)
    if criteria.without_deadline is not None:
        conditions.append(Appeal.due_rule.is_(None) == criteria.without_deadline)
    if criteria.text:
        conditions.append(text_condition(criteria.text, dialect, Appeal.id, Appeal.terms))
    if criteria.view is not None:
        view = {View.REGION: Appeal.in_region_view, View.FEDERAL: Appeal.in_federal_view}
        conditions.append(view[criteria.view].is_(True))
    return and_(true(), *conditions)


def overdue(now: datetime) -> ColumnElement[bool]:
    """Answered after the governing deadline, or open past it; withdrawn ones never are.

    No answer lies after `now`, so what is overdue was due before it: a range of an index.
    """
    return and_(Appeal.due_at.is_not(None), Appeal.due_at < now, MAY_BE_LATE)


def is_overdue(appeal: Appeal, now: datetime) -> bool:
    """The same of a row that is at hand."""
    if appeal.due_at is None:
        return False
    if appeal.answered_at is not None:
        return appeal.answered_at > appeal.due_at
    return appeal.state in OPEN_STATES and appeal.due_at < now


def _within(rows: Any, scope: Scope) -> ColumnElement[bool]:
    limits: list[ColumnElement[bool]] = []
    if scope.blocks is not None:
        limits.append(rows.block.in_(sorted(scope.blocks)))
    if scope.municipalities is not None:
        limits.append(rows.municipality.in_(sorted(scope.municipalities)))
    if scope.bodies is not None:
        limits.append(rows.body_id.in_(sorted(scope.bodies)))
    return and_(true(), *limits)


def _periods(criteria: AppealFilter) -> list[ColumnElement[bool]]:
    bounds = (
        (criteria.received_from, Appeal.received_at.__ge__),
        (criteria.received_before, Appeal.received_at.__lt__),
        (criteria.due_from, Appeal.due_at.__ge__),
        (criteria.due_before, Appeal.due_at.__lt__),
    )
    return [compare(moment) for moment, compare in bounds if moment is not None]
