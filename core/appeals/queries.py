"""Selects of appeals; whoever returns rows of cases goes through `visible`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true

from core.appeals.address import AddressWord
from core.appeals.charges import Charge, charged
from core.appeals.classifier.model import Category
from core.appeals.course import told_of
from core.appeals.model import (
    IS_LIVE,
    IS_UNDELIVERED,
    MAY_BE_LATE,
    MAY_BE_LATE_BY_MECHANISM,
    MAY_BE_LATE_BY_STATUTE,
    Appeal,
)
from core.appeals.rules.intake import ApplicantKind, Regime
from core.appeals.rules.lateness import LateBy
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.turns import TURNS
from core.directory.model import Body
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

    None among values looks for what has none. A body is any of `bodies` or of `body_keys`; numbers
    are those of `spellings`.

    `overdue` compares the answer, or `now` while there is none, with the governing deadline,
    `late_by` with those of the statute and the mechanism; `without_deadline` looks for what no term
    of the answer governs. `told_after` is a line of the journal behind which something of
    the course of the case stands. `rated` has the applicant's mark; of what is `established` it is
    known whether the answer was in time. `awaiting` says whose step an open case
    waits for, or does not.
    """

    states: Sequence[State] = ()
    outcomes: Sequence[Outcome | None] = ()
    blocks: Sequence[str | None] = ()
    themes: Sequence[str | None] = ()
    bodies: Sequence[int | None] = ()
    body_keys: Sequence[str] = ()
    municipalities: Sequence[str | None] = ()
    channels: Sequence[str] = ()
    due_rules: Sequence[str | None] = ()
    numbers: Sequence[str] = ()
    external_ids: Sequence[str] = ()
    applicant_kinds: Sequence[ApplicantKind] = ()
    regime: Regime | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    registered_from: datetime | None = None
    registered_before: datetime | None = None
    answered_from: datetime | None = None
    answered_before: datetime | None = None
    closed_from: datetime | None = None
    closed_before: datetime | None = None
    changed_after: datetime | None = None
    told_after: int | None = None
    significant: bool | None = None
    prolonged: bool | None = None
    transferred: bool | None = None
    reworked: bool | None = None
    overdue: bool | None = None
    late_by: LateBy | None = None
    undelivered: bool | None = None
    rated: bool | None = None
    established: bool | None = None
    queued: bool | None = None
    without_deadline: bool | None = None
    text: str | None = None
    address: Sequence[AddressWord] = ()
    executors: Sequence[int] = ()
    categories: Sequence[str | None] = ()
    view: View | None = None
    charges: Sequence[Charge] = ()
    awaiting: tuple[Actor, bool] | None = None


def visible(actor: Actor, permission: Permission = Permission.READ_APPEALS) -> ColumnElement[bool]:
    """The rows that the actor may see under this permission; none without a grant."""
    return within(Appeal, actor.scopes(permission))


def within(rows: Any, scopes: Iterable[Scope]) -> ColumnElement[bool]:
    """The rows, of appeals or with the same columns, that lie in one of these scopes."""
    return or_(false(), *(_within(rows, scope) for scope in scopes))


def chosen(criteria: AppealFilter) -> dict[str, Sequence[str | int | None]]:
    """The values that will do, by the name of the column; of an empty list any will."""
    return {
        "state": criteria.states,
        "outcome": criteria.outcomes,
        "block": criteria.blocks,
        "theme": criteria.themes,
        "body_id": () if criteria.body_keys else criteria.bodies,
        "municipality": criteria.municipalities,
        "channel": criteria.channels,
        "due_rule": criteria.due_rules,
    }


def held(body: Any, criteria: AppealFilter, nobody: Any) -> ColumnElement[bool]:
    """Whether a column of ids names one of the bodies looked for, where keys are among them."""
    keyed = body.in_(select(Body.id).where(Body.key.in_([*criteria.body_keys])))
    others = [nobody if one is None else body == one for one in criteria.bodies]
    return or_(keyed, *others)


def matching(criteria: AppealFilter, now: datetime, dialect: str) -> ColumnElement[bool]:
    """The rows that fit the filter at this moment."""
    conditions: list[ColumnElement[bool]] = [
        _among(getattr(Appeal, name), values) for name, values in chosen(criteria).items() if values
    ]
    conditions += [*_periods(criteria), *_told(criteria), *_named(criteria)]
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
    if criteria.charges:
        body, viewed = Appeal.body_id, Appeal.in_region_view.is_(True)
        conditions.append(charged(criteria.charges, body, body.is_(None), viewed))
    if criteria.awaiting is not None:
        conditions.append(_awaiting(*criteria.awaiting))
    if criteria.view is not None:
        view = {View.REGION: Appeal.in_region_view, View.FEDERAL: Appeal.in_federal_view}
        conditions.append(view[criteria.view].is_(True))
    return and_(true(), *conditions)


def _awaiting(actor: Actor, wanted: bool) -> ColumnElement[bool]:
    """The open rows whose next step is one that the actor may take where they stand."""
    turns = or_(false(), *(and_(turn, visible(actor, key)) for key, turn in TURNS.items()))
    return and_(IS_LIVE, turns) if wanted else not_(func.coalesce(turns, false()))


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
    if verdict is LateBy.OWN:
        others = (Appeal.statute_late_at, Appeal.mechanism_late_at)
        return and_(overdue(now), *(or_(one.is_(None), one >= now) for one in others))
    undecided = and_(Appeal.statute_due_at < now, Appeal.statute_late_at >= now)
    return or_(Appeal.not_established.is_(True), undecided)


def verdicts_of(appeal: Appeal, now: datetime) -> list[LateBy]:
    """The verdicts that stand against a row that is at hand."""
    late_at = appeal.statute_late_at
    undecided = _passed(appeal.statute_due_at, now) and late_at is not None and late_at >= now
    by_law = _passed(late_at, now), _passed(appeal.mechanism_late_at, now)
    found = {
        LateBy.STATUTE: by_law[0],
        LateBy.MECHANISM: by_law[1],
        LateBy.OWN: is_overdue(appeal, now) and not any(by_law),
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
    if scope.barred:
        named = rows.complained_person_id
        limits.append(or_(named.is_(None), named.not_in(sorted(scope.barred))))
    return and_(true(), *limits)


def _periods(criteria: AppealFilter) -> list[ColumnElement[bool]]:
    bounds = (
        (criteria.received_from, Appeal.received_at.__ge__),
        (criteria.received_before, Appeal.received_at.__lt__),
        (criteria.due_from, Appeal.due_at.__ge__),
        (criteria.due_before, Appeal.due_at.__lt__),
        (criteria.registered_from, Appeal.registered_at.__ge__),
        (criteria.registered_before, Appeal.registered_at.__lt__),
        (criteria.answered_from, Appeal.answered_at.__ge__),
        (criteria.answered_before, Appeal.answered_at.__lt__),
        (criteria.closed_from, Appeal.closed_at.__ge__),
        (criteria.closed_before, Appeal.closed_at.__lt__),
        (criteria.changed_after, Appeal.changed_at.__gt__),
    )
    return [compare(moment) for moment, compare in bounds if moment is not None]


def _told(criteria: AppealFilter) -> Iterator[ColumnElement[bool]]:
    """What happened to the case, or did not."""
    if criteria.told_after is not None:
        yield Appeal.id.in_(told_of(criteria.told_after))
    told = (
        (criteria.significant, Appeal.significant.is_(True)),
        (criteria.prolonged, Appeal.prolongations > 0),
        (criteria.transferred, Appeal.transfers > 0),
        (criteria.reworked, Appeal.reworks > 0),
        (criteria.rated, Appeal.mark.is_not(None)),
        (criteria.established, Appeal.not_established.is_(False)),
    )
    yield from (
        happened if wanted else ~happened for wanted, happened in told if wanted is not None
    )


def _named(criteria: AppealFilter) -> Iterator[ColumnElement[bool]]:
    """By what a case is known one by one, and whose it is."""
    if criteria.body_keys:
        yield held(Appeal.body_id, criteria, Appeal.body_id.is_(None))
    if criteria.numbers:
        yield Appeal.number.in_([*criteria.numbers])
    if criteria.external_ids:
        yield Appeal.external_id.in_([*criteria.external_ids])
    if criteria.executors:
        yield Appeal.executor_id.in_([*criteria.executors])
    if criteria.categories:
        keys = [key for key in criteria.categories if key is not None]
        found = Appeal.category_id.in_(select(Category.id).where(Category.key.in_(keys)))
        none = Appeal.category_id.is_(None) if len(keys) < len(criteria.categories) else false()
        yield or_(found, none)
    for one in criteria.address:
        here = Appeal.address_words.contains(one.word)
        yield or_(here, Appeal.municipality.in_(one.places)) if one.places else here
    if criteria.applicant_kinds:
        yield Appeal.applicant_kind.in_([*criteria.applicant_kinds])


def _among(column: Any, values: Sequence[str | int | None]) -> ColumnElement[bool]:
    """One of these values; None is to have none."""
    some = [value for value in values if value is not None]
    if len(some) == len(values):
        return column.in_(some)  # type: ignore[no-any-return]
    return or_(column.is_(None), column.in_(some)) if some else column.is_(None)
