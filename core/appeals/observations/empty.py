"""A table in which nothing was counted: a row for each value that stands, with what that means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from math import prod

from sqlalchemy import select

from core.appeals.classifier.model import Category
from core.appeals.figures.subject import Dimension
from core.appeals.observations.known import BY_LAW
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, first_day, nothing
from core.appeals.observations.timing import Each, parts_of
from core.appeals.queries import AppealFilter
from core.appeals.rules.intake import ApplicantKind, Regime
from core.appeals.rules.lifecycle import Outcome, State
from core.directory.bodies import load_bodies
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.law.russian import Code
from core.shapes.figures.analysis import MOST_GROUPS
from core.structure.blocks import load_blocks

CLOSED: dict[Dimension, type[Code]] = {
    Dimension.STATE: State,
    Dimension.OUTCOME: Outcome,
    Dimension.REGIME: Regime,
    Dimension.APPLICANT_KIND: ApplicantKind,
}
Values = Sequence[str | None]


async def spelt_out(
    work: Work,
    rows: list[Row],
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    each: Each | None = None,
) -> list[Row]:
    """The rows of `table` or `timed`; where there are none, what stood on the period's last day.

    Without rows nobody could tell a zero from data that are not there. What the criteria name
    stands alone; more than MOST_GROUPS rows are not spelt out.
    """
    if rows or not by:
        return rows
    on = work.today
    if criteria.received_before is not None:
        on = local_date(criteria.received_before - timedelta(microseconds=1), work.zone)
    values = [await _values(work, one, criteria, on) for one in by]
    first = await first_day(work)
    parts = [("", criteria)] if each is None else parts_of(work, criteria, each, first)
    if prod(map(len, values)) * len(parts) > MOST_GROUPS:
        return rows
    return [
        Row((*some, *([name] if each else [])), nothing(work, measure, within, first))
        for name, within in parts
        for some in product(*values)
    ]


async def _values(work: Work, by: Dimension, criteria: AppealFilter, on: date) -> Values:
    """What the criteria name, else what there was on the day, else what there is today."""
    return (
        await _named(work, by, criteria)
        or await _standing(work, by, on)
        or await _standing(work, by, work.today)
    )


async def _named(work: Work, by: Dimension, criteria: AppealFilter) -> Values:
    if by is Dimension.BODY and criteria.bodies and not criteria.body_keys:
        bodies = (await load_bodies(work.session)).by_id
        return [None if one is None else bodies[one].key for one in criteria.bodies]
    named: dict[Dimension, Values] = {
        Dimension.STATE: criteria.states,
        Dimension.OUTCOME: criteria.outcomes,
        Dimension.BLOCK: criteria.blocks,
        Dimension.THEME: criteria.themes,
        Dimension.BODY: criteria.body_keys,
        Dimension.MUNICIPALITY: criteria.municipalities,
        Dimension.CHANNEL: criteria.channels,
        Dimension.DUE_RULE: criteria.due_rules,
        Dimension.CATEGORY: criteria.categories,
        Dimension.APPLICANT_KIND: criteria.applicant_kinds,
        Dimension.REGIME: [criteria.regime] if criteria.regime else [],
    }
    return [None if one is None else str(one) for one in named[by]]


async def _standing(work: Work, by: Dimension, on: date) -> Values:
    """What stands on a local day: by law, in the directory, in the classifier."""
    if (closed := CLOSED.get(by)) is not None:
        return [str(one) for one in closed]
    if (rule := BY_LAW.get(by)) is not None:
        return sorted({one.key for one in work.rules.all(rule, on)})
    if by is Dimension.BLOCK:
        blocks = await load_blocks(work.session, work.rules)
        return sorted(block.key for block in blocks.all(on))
    if by is Dimension.BODY:
        bodies = await load_bodies(work.session)
        return sorted(key for key, body in bodies.by_key.items() if bodies.working(body, on))
    rows = await work.session.scalars(select(Category.key).where(Category.holds(on)).distinct())
    return sorted(rows)
