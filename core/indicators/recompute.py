"""Figures of closed periods by formula: computed once, again only when the data has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import islice

from sqlalchemy import ColumnElement, and_, select, true

from core.appeals.model import Appeal
from core.directory.model import Body
from core.indicators.chain import kind_on
from core.indicators.formulas import FORMULAS
from core.indicators.model import Indicator, IndicatorValue
from core.indicators.queries import counting
from core.indicators.rules.kinds import IndicatorState, OwnerKind
from core.indicators.service import add_value
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period, Periodicity, periods

MOST_PERIODS = 120
GROUND = "расчёт по формуле"


@serves()
async def recompute(work: Work) -> int:
    """Compute what is missing or has changed; how many values were written. Idempotent.

    Each period is computed by the wording and the kind of its own days (R44).
    """
    query = (
        select(Indicator)
        .where(Indicator.state == IndicatorState.APPROVED, Indicator.formula.is_not(None))
        .order_by(Indicator.id)
    )
    written = 0
    for indicator in (await work.session.scalars(query)).all():
        for period in _closed(indicator, work.today):
            written += await _recompute(work, indicator, period)
    return written


async def run_recompute(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job."""
    await recompute(work)


def _closed(indicator: Indicator, today: date) -> list[Period]:
    """The latest closed periods of the wording, oldest first."""
    end = min(today, indicator.until or date.max)
    every = list(islice(periods(indicator.since, end, Periodicity(indicator.periodicity)), 10_000))
    return every[-MOST_PERIODS:]


async def _recompute(work: Work, indicator: Indicator, period: Period) -> bool:
    amount = await _figure(work, indicator, period)
    current = await counting(work.session, IndicatorValue, indicator.id, period.start)
    if amount is None or (current is not None and current.amount == amount):
        return False
    await add_value(work, indicator, period, amount, GROUND, author=None)
    return True


async def _figure(work: Work, indicator: Indicator, period: Period) -> Fraction | None:
    formula = FORMULAS[indicator.formula or ""]
    start, end = period.bounds(work.zone)
    fits = and_(_view(work, indicator, period), _of_owner(indicator))
    counts = (await work.session.execute(formula.counts(fits, start, end))).one()
    return formula.figure(*counts)


def _view(work: Work, indicator: Indicator, period: Period) -> ColumnElement[bool]:
    rule = kind_on(work, indicator.kind, period.start)
    column = Appeal.in_federal_view if rule.federal_view else Appeal.in_region_view
    return column.is_(True)


def _of_owner(indicator: Indicator) -> ColumnElement[bool]:
    match indicator.owner_kind:
        case OwnerKind.BLOCK:
            return Appeal.block == indicator.owner
        case OwnerKind.THEME:
            return Appeal.theme == indicator.owner
        case OwnerKind.MUNICIPALITY:
            return Appeal.municipality == indicator.owner
        case OwnerKind.BODY:
            body = select(Body.id).where(Body.key == indicator.owner)
            return Appeal.body_id.in_(body)
    return true()
