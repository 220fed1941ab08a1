"""Targets and values: set, recorded, corrected by a new version, taken through their stages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.indicators.answering import answering
from core.indicators.chain import check_party, find_indicator, kind_on
from core.indicators.model import (
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    ValueStage,
)
from core.indicators.queries import counting, next_version, stages
from core.indicators.rules.kinds import ChainStep, Deed, IndicatorKind, IndicatorState
from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.periods import Period, Periodicity, period_of

LARGEST = Decimal(10**12)
FINEST = -6
OF_CENTRE = ChainStep(Deed.APPROVE, Authority.CENTRE)


@serves()
async def set_target(
    work: Work, indicator_id: int, day: date, amount: Decimal, ground: str
) -> IndicatorTarget:
    """What is to be reached in the period of a local day. Whoever approves the kind sets it.

    Where a party outside approves, an official of the centre enters it. A new target is a new
    version; `ground` is the act or document it comes from.
    """
    indicator, rule, period = await _in_force(work, indicator_id, day)
    approver = rule.chain[-1]
    check_party(work, rule, OF_CENTRE if approver.outside else approver)
    exact, ground = _exact(rule, amount), reasoned(ground, rule.clause)
    target = IndicatorTarget(
        indicator_id=indicator.id,
        period=period.start,
        version=await next_version(work.session, IndicatorTarget, indicator.id, period.start),
        amount=exact,
        author=work.actor.subject,
        ground=ground,
        at=work.now,
    )
    await _record(work, target, "indicator.target_set", ground)
    return target


@serves()
async def record_value(
    work: Work, indicator_id: int, day: date, amount: Decimal, ground: str
) -> IndicatorValue:
    """The value of a manual indicator for the period of a local day; a correction is a version.

    Needs MANAGE_INDICATORS and a ground. Refuses WRONG_STATE for what a formula computes,
    DATE_OUT_OF_RANGE for a period that is not over.
    """
    indicator, rule, period = await _in_force(work, indicator_id, day)
    check_party(work, rule, OF_CENTRE)
    if indicator.formula is not None:
        text = "Значение считает формула, вручную его не вносят"
        raise Refusal(RefusalCode.WRONG_STATE, text, rule.clause)
    if not period.closed(work.today):
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Период ещё не закончился", rule.clause)
    await _check_independence(work, indicator, rule)
    exact, ground = _exact(rule, amount), reasoned(ground, rule.clause)
    value = await add_value(work, indicator, period, exact, ground, author=work.actor.subject)
    if rule.stages:
        await _pass(work, rule, value, 0)
    return value


@serves()
async def advance_value(work: Work, indicator_id: int, day: date) -> IndicatorValue:
    """Take the value of the period of a local day to its next stage; only then it may count.

    Not by whoever answers for the indicator. Needs MANAGE_INDICATORS.
    """
    indicator, rule, period = await _in_force(work, indicator_id, day)
    check_party(work, rule, OF_CENTRE)
    await _check_independence(work, indicator, rule)
    value = await counting(work.session, IndicatorValue, indicator.id, period.start)
    if value is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Значения за этот период нет", rule.clause)
    passed = len((await work.session.scalars(stages([value.id]))).all())
    if passed >= len(rule.stages):
        raise Refusal(RefusalCode.WRONG_STATE, "Значение прошло все стадии", rule.clause)
    await _pass(work, rule, value, passed)
    return value


async def add_value(
    work: Work,
    indicator: Indicator,
    period: Period,
    amount: Fraction,
    ground: str,
    *,
    author: str | None,
) -> IndicatorValue:
    """A new version of the value; the earlier ones stay as its history."""
    value = IndicatorValue(
        indicator_id=indicator.id,
        period=period.start,
        version=await next_version(work.session, IndicatorValue, indicator.id, period.start),
        amount=amount,
        author=author,
        ground=ground,
        rules=work.rules.edition,
        at=work.now,
    )
    await _record(work, value, "indicator.value_recorded", ground)
    return value


async def _in_force(
    work: Work, indicator_id: int, day: date
) -> tuple[Indicator, IndicatorKind, Period]:
    """The indicator and its kind by the law of the period's first day."""
    indicator = await find_indicator(work, indicator_id)
    period = period_of(day, Periodicity(indicator.periodicity))
    rule = kind_on(work, indicator.kind, max(period.start, indicator.since))
    if indicator.state != IndicatorState.APPROVED:
        raise Refusal(RefusalCode.WRONG_STATE, "Показатель не утверждён", rule.clause)
    if not indicator.holds(period.start):
        text = "В этом периоде показатель не действует"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, rule.clause)
    return indicator, rule, period


async def _check_independence(work: Work, indicator: Indicator, rule: IndicatorKind) -> None:
    """Where values are assessed, nobody assesses himself."""
    if not rule.stages:
        return
    answerers = await answering(work, indicator, work.today)
    if work.actor.person_id in {one.person.id for one in answerers if one.person}:
        text = "Оценивает не тот, кто отвечает за показатель"
        raise Refusal(RefusalCode.JUDGE_NOT_INDEPENDENT, text, rule.clause)


async def _pass(work: Work, rule: IndicatorKind, value: IndicatorValue, number: int) -> None:
    work.session.add(
        ValueStage(
            value_id=value.id,
            stage=rule.stages[number],
            actor=work.actor.subject,
            clause=rule.clause.ref,
            at=work.now,
        )
    )
    await work.session.flush()
    subject, after = f"indicator:{value.indicator_id}", {"stage": rule.stages[number]}
    await work.record(Event("indicator.value_advanced", subject, rule.clause.ref, after=after))


async def _record(
    work: Work, row: IndicatorTarget | IndicatorValue, event: str, ground: str
) -> None:
    work.session.add(row)
    await work.session.flush()
    after = {"period": row.period.isoformat(), "version": row.version, "amount": str(row.amount)}
    await work.record(Event(event, f"indicator:{row.indicator_id}", ground, after=after))


def _exact(rule: IndicatorKind, amount: Decimal) -> Fraction:
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < FINEST or abs(amount) >= LARGEST:
        text = "Нужно число меньше 10¹², не более шести знаков после запятой"
        raise Refusal(RefusalCode.INVALID, text, rule.clause)
    return Fraction(amount)
