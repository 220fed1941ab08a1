"""Selects of appeals; whoever returns rows of cases goes through `visible`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from core.appeals.model import (
    IS_LIVE,
    IS_UNDELIVERED,
    MAY_BE_LATE,
    MAY_BE_LATE_BY_MECHANISM,
    MAY_BE_LATE_BY_STATUTE,
    Appeal,
)
from core.appeals.rules.intake import Regime
from core.appeals.rules.lateness import LateBy
from core.appeals.rules.lifecycle import Outcome, State
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

    `overdue` compares the answer, or `now` while there is none, with the governing deadline,
    `late_by` with those of the statute and the mechanism; `without_deadline` looks for what no term
    of the answer governs.
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
    late_by: LateBy | None = None
    undelivered: bool | None = None
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
    if criteria.late_by is not None:
        conditions.append(late_by(criteria.late_by, now))
    if criteria.undelivered is not None:
        conditions.append(IS_UNDELIVERED if criteria.undelivered else ~IS_UNDELIVERED)
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

    Nothing is late before it is due: a range of an index.
    """
    return and_(Appeal.due_at < now, Appeal.late_at < now, MAY_BE_LATE)


def is_overdue(appeal: Appeal, now: datetime) -> bool:
    """The same of a row that is at hand."""
    return _passed(appeal.late_at, now)


def late_by(verdict: LateBy, now: datetime) -> ColumnElement[bool]:
    """The rows against which this verdict stands; of the two tracks each for itself (R48)."""
    if verdict is LateBy.STATUTE:
        return and_(MAY_BE_LATE_BY_STATUTE, Appeal.statute_late_at < now)
    if verdict is LateBy.MECHANISM:
        return and_(MAY_BE_LATE_BY_MECHANISM, Appeal.mechanism_late_at < now)
    undecided = and_(Appeal.statute_due_at < now, Appeal.statute_late_at >= now)
    return or_(Appeal.not_established.is_(True), undecided)


def verdicts_of(appeal: Appeal, now: datetime) -> list[LateBy]:
    """The verdicts that stand against a row that is at hand."""
    late_at = appeal.statute_late_at
    undecided = _passed(appeal.statute_due_at, now) and late_at is not None and late_at >= now
    found = {
        LateBy.STATUTE: _passed(late_at, now),
        LateBy.MECHANISM: _passed(appeal.mechanism_late_at, now),
        LateBy.NOT_ESTABLISHED: appeal.not_established or undecided,
    }
    return [verdict for verdict, stands in found.items() if stands]


def _passed(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment < now


def _within(rows: Any, scope: Scope) -> ColumnElement[bool]:
    limits: list[ColumnElement[bool]] = []
    if scope.blocks is not None:
        limits.append(rows.block.in_(sorted(scope.blocks)))
    if scope.municipalities is not None:
        limits.append(rows.municipality.in_(sorted(scope.municipalities)))
    if scope.bodies is not None:
        limits.append(rows.body_id.in_(sorted(scope.bodies)))
    if scope.appeals is not None:  # no figure is of single cases
        limits.append(rows.id.in_(sorted(scope.appeals)) if rows is Appeal else false())
    if scope.barred is not None:
        named = rows.complained_person_id
        limits.append(or_(named.is_(None), named != scope.barred))
    return and_(true(), *limits)


def _periods(criteria: AppealFilter) -> list[ColumnElement[bool]]:
    bounds = (
        (criteria.received_from, Appeal.received_at.__ge__),
        (criteria.received_before, Appeal.received_at.__lt__),
        (criteria.due_from, Appeal.due_at.__ge__),
        (criteria.due_before, Appeal.due_at.__lt__),
    )
    return [compare(moment) for moment, compare in bounds if moment is not None]
