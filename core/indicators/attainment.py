"""What was reached of what was set, exactly, and who answers for it; what is not complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from core.indicators.accountability import Accountable, accountable
from core.indicators.chain import find_indicator, kind_on
from core.indicators.model import VALUE, Indicator, IndicatorTarget, IndicatorValue
from core.indicators.queries import counting, in_force
from core.indicators.rules.attainment import Direction, attained
from core.indicators.rules.attainment import attainment as share_of
from core.indicators.rules.kinds import IndicatorKind, OwnerKind, RequiredTarget
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.law.periods import Period, Periodicity, period_of
from core.shapes.chains.service import decisions


@dataclass(frozen=True, slots=True)
class Attainment:
    """One indicator in one period. `share` is 1 for all of the target; None where unknown.

    `pending` values wait for a stage and do not count yet. `accountable` are those of the
    period's last day.
    """

    indicator: Indicator
    kind: IndicatorKind
    period: Period
    target: Fraction | None
    value: Fraction | None
    pending: bool
    attained: bool | None
    share: Fraction | None
    accountable: Sequence[Accountable]


@dataclass(frozen=True, slots=True)
class Gap:
    """What must have a target and has none: `indicator` None where there is not even that."""

    kind: str
    owner: str | None
    indicator: Indicator | None
    clause: Clause


@serves(RU_1844.cite("8.г"), RU_1844.cite("8.д"))
async def attainment(work: Work, indicator_id: int, day: date) -> Attainment:
    """How far the indicator was reached in the period of a local day. Needs READ_APPEALS."""
    require(work.actor, Permission.READ_APPEALS)
    indicator = await find_indicator(work, indicator_id, lock=False)
    period = period_of(day, Periodicity(indicator.periodicity))
    rule = kind_on(work, indicator.kind, max(period.start, indicator.since))
    target = await counting(work.session, IndicatorTarget, indicator.id, period.start)
    value = await counting(work.session, IndicatorValue, indicator.id, period.start)
    pending = value is not None and not await _complete(work, rule, value)
    reached = None if value is None or pending else value.amount
    set_at = target.amount if target else None
    known = None if reached is None or set_at is None else (reached, set_at)
    direction = Direction(indicator.direction)
    return Attainment(
        indicator=indicator,
        kind=rule,
        period=period,
        target=set_at,
        value=reached,
        pending=pending,
        attained=attained(*known, direction) if known else None,
        share=share_of(*known, direction) if known else None,
        accountable=await accountable(work, indicator, period.last_day),
    )


@serves()
async def incomplete(work: Work, on: date, owners: Iterable[str] = ()) -> list[Gap]:
    """Indicators that an act makes indispensable and that have no target for the day's period.

    `owners` are keys that must have one, such as the categories of the list of problems.
    """
    require(work.actor, Permission.READ_APPEALS)
    gaps: list[Gap] = []
    for rule in work.rules.all(RequiredTarget, on):
        query = select(Indicator).where(in_force(on), Indicator.kind == rule.key)
        found = (await work.session.scalars(query.order_by(Indicator.id))).all()
        aimed = await _with_target(work, found, on)
        gaps += [
            Gap(rule.key, indicator.owner, indicator, rule.clause)
            for indicator in found
            if indicator.id not in aimed
        ]
        wanted = [None] if rule.owner is OwnerKind.CENTRE else [*owners]
        missing = set(wanted) - {indicator.owner for indicator in found}
        gaps += [Gap(rule.key, owner, None, rule.clause) for owner in wanted if owner in missing]
    return gaps


async def _with_target(work: Work, found: Sequence[Indicator], on: date) -> set[int]:
    """The ids of those that have a target for the day's period, of all of them by one statement."""
    query = select(IndicatorTarget.indicator_id, IndicatorTarget.period).where(
        IndicatorTarget.indicator_id.in_([one.id for one in found])
    )
    periods = {(number, period) for number, period in await work.session.execute(query)}
    starts = {one.id: period_of(on, Periodicity(one.periodicity)).start for one in found}
    return {number for number, start in starts.items() if (number, start) in periods}


async def _complete(work: Work, rule: IndicatorKind, value: IndicatorValue) -> bool:
    decided = await work.session.scalars(decisions(VALUE, value.id))
    passed = {row.step for row in decided if row.agreed}
    return passed >= set(rule.stages)
