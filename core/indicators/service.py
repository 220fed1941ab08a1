"""Targets and values: set, recorded, corrected by a new version, taken through their stages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.indicators.accountability import accountable
from core.indicators.chain import entry, find_indicator, kind_on
from core.indicators.model import VALUE, Indicator, IndicatorTarget, IndicatorValue
from core.indicators.queries import counting, next_version
from core.indicators.rules.kinds import IndicatorKind, IndicatorState, value_chain
from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.periods import Period, Periodicity, period_of
from core.shapes.chains.rules import Claim, Decision, Ground
from core.shapes.chains.service import Approval, Subject, begin, resume

LARGEST = Decimal(10**12)
FINEST = -6
OF_CENTRE = Decision(Authority.CENTRE)
CONTENT = ("indicator_id", "period", "version", "amount")
"""What a stage is about."""


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
    decision = OF_CENTRE if approver.outside else Decision(approver.by)
    await entry(work).acting(decision, rule.ground(approver))
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
    await _entered(work, indicator, rule)
    if indicator.formula is not None:
        text = "Значение считает формула, вручную его не вносят"
        raise Refusal(RefusalCode.WRONG_STATE, text, rule.clause)
    if not period.closed(work.today):
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE, "Отчётный период ещё не закончился", rule.clause
        )
    exact, ground = _exact(rule, amount), reasoned(ground, rule.clause)
    value = await add_value(work, indicator, period, exact, ground, author=work.actor.subject)
    if rule.stages:
        approval = await begin(work, _subject(work, indicator, value), _law_on(indicator, value))
        await _pass(approval, OF_CENTRE)
    return value


@serves()
async def advance_value(
    work: Work, indicator_id: int, day: date, document: Ground | None = None
) -> IndicatorValue:
    """Take the value of the period of a local day to its next stage; only then it may count.

    Not by whoever answers for the indicator. Needs MANAGE_INDICATORS; a `document` is none that
    the law asks for, but is checked like any other ground.
    """
    indicator, rule, period = await _in_force(work, indicator_id, day)
    await _entered(work, indicator, rule)
    value = await counting(work.session, IndicatorValue, indicator.id, period.start)
    if value is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Значения за этот период нет", rule.clause)
    subject, law_on = _subject(work, indicator, value), _law_on(indicator, value)
    await _pass(await resume(work, subject, law_on), replace(OF_CENTRE, ground=document))
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


async def _entered(work: Work, indicator: Indicator, rule: IndicatorKind) -> None:
    """Refuse whoever may not enter values; where they are assessed, nobody assesses himself.

    Nor may his delegate within his appointment.
    """
    own: set[int | None] = set()
    if rule.stages:
        answerers = await accountable(work, indicator, work.today)
        own = {one.person.id for one in answerers if one.person}
    _require_independence(rule, own, work.actor.person_id)
    acting = await entry(work).acting(OF_CENTRE, rule.clause)
    _require_independence(rule, own, acting.on_behalf_id)


def _require_independence(rule: IndicatorKind, own: set[int | None], person: int | None) -> None:
    if person in own:
        text = "Оценивает не тот, кто отвечает за показатель"
        raise Refusal(RefusalCode.JUDGE_NOT_INDEPENDENT, text, rule.clause)


def _subject(work: Work, indicator: Indicator, value: IndicatorValue) -> Subject:
    return Subject(
        VALUE,
        value.id,
        {name: getattr(value, name) for name in CONTENT},
        lambda on: value_chain(kind_on(work, indicator.kind, on)),
        lambda _: Refusal(
            RefusalCode.WRONG_STATE,
            "Значение показателя прошло все стадии согласования",
            kind_on(work, indicator.kind, _law_on(indicator, value)).clause,
        ),
    )


def _law_on(indicator: Indicator, value: IndicatorValue) -> date:
    """A value goes by the law of its own period (R44)."""
    return max(value.period, indicator.since)


async def _pass(approval: Approval, decision: Decision) -> None:
    work, seat = approval.work, approval.seat(Claim(decision.by))
    passed = (await approval.decide(seat, decision, entry(work).acting)).taken[-1]
    value = await work.session.get_one(IndicatorValue, passed.subject_id)
    subject, after = f"indicator:{value.indicator_id}", {"stage": passed.step}
    await work.record(Event("indicator.value_advanced", subject, passed.clause, after=after))


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
