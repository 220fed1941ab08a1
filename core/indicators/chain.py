"""From a proposal to force: each kind's own signatures, in its own order, by its own parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.directory.parties import Entry
from core.directory.rules.bodies import Theme
from core.indicators.formulas import FORMULAS
from core.indicators.model import INDICATOR, Indicator
from core.indicators.queries import in_force
from core.indicators.rules.attainment import Direction
from core.indicators.rules.kinds import (
    Deed,
    IndicatorKind,
    IndicatorState,
    OwnerKind,
    in_doubt,
    indicator_chain,
)
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.passport import Municipality
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Periodicity, period_of
from core.shapes.chains.rules import Claim, Decision, Ground, OutOfTurn, Turn
from core.shapes.chains.service import Approval, Subject, begin, resume
from core.structure.blocks import load_blocks

NAMED: Mapping[OwnerKind, type[Theme] | type[Municipality]] = {
    OwnerKind.THEME: Theme,
    OwnerKind.MUNICIPALITY: Municipality,
}
COUNTED = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.UNIT}
UNNAMED = frozenset({OwnerKind.CENTRE, OwnerKind.UNIT})
LONGEST_NAME = 500
CONTENT = (
    "key", "kind", "name", "unit", "direction", "formula", "periodicity", "owner_kind", "owner",
    "since",
)  # fmt: skip
"""What a signature is about."""


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """A wording to be set. Without `kind` it is the region's own, of the longer chain (R16).

    `since` is the first day of its first period; `owner` a key where the owner has one.
    """

    key: str
    name: str
    unit: str
    periodicity: Periodicity
    since: date
    kind: str | None = None
    direction: Direction = Direction.UP
    formula: str | None = None
    owner_kind: OwnerKind = OwnerKind.CENTRE
    owner: str | None = None


@serves()
async def propose(work: Work, new: NewIndicator, document: Ground | None = None) -> Indicator:
    """Begin the chain: the first signature of the kind. A party outside signs by a document.

    Refuses INVALID for what the kind does not allow, FORBIDDEN for who may not propose.
    """
    rule = _kind_of(work, new)
    decision = Decision(rule.chain[0].by, document)
    await entry(work).acting(decision, rule.ground(rule.chain[0]))
    await _check_new(work, rule, new)
    indicator = Indicator(
        key=new.key,
        kind=rule.key,
        name=new.name.strip(),
        unit=new.unit.strip(),
        direction=new.direction,
        formula=new.formula,
        periodicity=new.periodicity,
        owner_kind=new.owner_kind,
        owner=new.owner,
        state=IndicatorState.PROPOSED,
        proposed_on=work.today,
        since=new.since,
    )
    work.session.add(indicator)
    await work.session.flush()
    approval = await begin(work, _subject(work, indicator))
    seat = approval.seat(Claim(decision.by), Deed.PROPOSE)
    await _record(indicator, await approval.decide(seat, decision, entry(work).acting))
    return indicator


@serves()
async def sign(
    work: Work, indicator_id: int, deed: Deed, by: Authority, document: Ground | None = None
) -> Indicator:
    """Agree or approve for a party: the next signature of the chain, and no other.

    The last one puts the indicator in force. Refuses WRONG_STATE out of order, FORBIDDEN for who
    is not the party, REASON_REQUIRED for a party outside without its document.
    """
    indicator, rule, approval = await _awaiting(work, indicator_id)
    seat = approval.seat(Claim(by), deed)
    approval = await approval.decide(seat, Decision(by, document), entry(work).acting)
    if approval.finished:
        await _enter_into_force(work, indicator, rule)
    await _record(indicator, approval)
    return indicator


@serves()
async def decline(
    work: Work, indicator_id: int, reason: str, document: Ground | None = None
) -> Indicator:
    """Whoever is to sign next refuses, with a reason: the proposal ends there."""
    indicator, _, approval = await _awaiting(work, indicator_id)
    by = approval.chain.open_now(approval.taken)[0].parties[0].by
    seat = approval.seat(Claim(by))
    acting = entry(work).acting
    approval = await approval.decide(seat, Decision(by, document), acting, refusing=reason)
    indicator.state = IndicatorState.DECLINED
    await _record(indicator, approval)
    return indicator


def kind_on(work: Work, key: str, on: date) -> IndicatorKind:
    """The kind by the law of a local day; INVALID where the region has none."""
    rule = work.rules.find(IndicatorKind, key, on)
    if rule is None:
        raise Refusal(
            RefusalCode.INVALID, f"Вида показателей «{key}» право региона не предусматривает"
        )
    return rule


async def find_indicator(work: Work, indicator_id: int, *, lock: bool = True) -> Indicator:
    """The indicator, locked until the end of the work; NOT_FOUND when there is none."""
    indicator = await work.session.get(Indicator, indicator_id, with_for_update=lock)
    if indicator is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого показателя нет")
    return indicator


def entry(work: Work) -> Entry:
    """How a decision on an indicator is entered: acts of outside parties by its keepers."""
    return Entry(work, Permission.MANAGE_INDICATORS, by_norm=True)


def _kind_of(work: Work, new: NewIndicator) -> IndicatorKind:
    if new.kind is not None:
        return kind_on(work, new.kind, work.today)
    return in_doubt(work.rules.all(IndicatorKind, work.today))


async def _awaiting(work: Work, indicator_id: int) -> tuple[Indicator, IndicatorKind, Approval]:
    """The proposal, its kind by the law of the day it was made, and its chain."""
    indicator = await find_indicator(work, indicator_id)
    rule = kind_on(work, indicator.kind, indicator.proposed_on)
    if indicator.state != IndicatorState.PROPOSED:
        text = "Показатель уже утверждён или отклонён"
        raise Refusal(RefusalCode.WRONG_STATE, text, rule.clause)
    subject = _subject(work, indicator)
    return indicator, rule, await resume(work, subject, indicator.proposed_on)


def _subject(work: Work, indicator: Indicator) -> Subject:
    return Subject(
        INDICATOR,
        indicator.id,
        {name: getattr(indicator, name) for name in CONTENT},
        lambda on: indicator_chain(kind_on(work, indicator.kind, on)),
        lambda found: _out_of_turn(work, found),
        absent=RefusalCode.REASON_REQUIRED,
    )


def _out_of_turn(work: Work, found: OutOfTurn) -> Refusal:
    if found.why in (Turn.NOT_NOW, Turn.OVER):
        text, code = "Сейчас очередь другой подписи", RefusalCode.WRONG_STATE
    else:
        text, code = "Эта норма такого согласования не предусматривает", RefusalCode.FORBIDDEN
    clauses = [party.clause for step in found.due for party in step.parties]
    return Refusal(code, text, work.rules.clause(clauses[0]) if clauses else None)


async def _check_new(work: Work, rule: IndicatorKind, new: NewIndicator) -> None:
    texts = (new.key, new.name, new.unit)
    if not all(text.strip() and len(text) <= LONGEST_NAME for text in texts):
        raise Refusal(RefusalCode.INVALID, "Нужны ключ, название и единица", rule.clause)
    if new.formula is not None and new.formula not in FORMULAS:
        raise Refusal(
            RefusalCode.INVALID, f"Формулы «{new.formula}» система не считает", rule.clause
        )
    if new.formula is not None and new.owner_kind not in COUNTED:
        raise Refusal(
            RefusalCode.INVALID, "По такому владельцу система показатель не считает", rule.clause
        )
    if work.rules.find(IndicatorKind, rule.key, new.since) is None:
        text = "В этот день право такого вида показателей ещё не предусматривало"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, rule.clause)
    if period_of(new.since, new.periodicity).start != new.since:
        raise Refusal(RefusalCode.INVALID, "Показатель вводится с начала периода", rule.clause)
    await _check_owner(work, rule, new)


async def _check_owner(work: Work, rule: IndicatorKind, new: NewIndicator) -> None:
    if new.owner_kind not in rule.owners:
        raise Refusal(
            RefusalCode.INVALID,
            "Показатели этого вида такому владельцу не устанавливают",
            rule.clause,
        )
    if (new.owner is None) != (new.owner_kind in UNNAMED):
        raise Refusal(RefusalCode.INVALID, "Владелец показателя указан неверно", rule.clause)
    if not await _owner_is_there(work, new):
        raise Refusal(RefusalCode.INVALID, f"Владельца «{new.owner}» нет", rule.clause)


async def _owner_is_there(work: Work, new: NewIndicator) -> bool:
    """Whether there is such an owner today; of other kinds only the name counts."""
    if new.owner_kind is OwnerKind.BLOCK:
        blocks = await load_blocks(work.session, work.rules)
        return blocks.find(new.owner, work.today) is not None
    named = NAMED.get(new.owner_kind)
    return named is None or work.rules.find(named, new.owner or "", work.today) is not None


async def _enter_into_force(work: Work, indicator: Indicator, rule: IndicatorKind) -> None:
    """Another wording of the key begins no sooner than the period that is still open (R44)."""
    indicator.state = IndicatorState.APPROVED
    query = select(Indicator).where(
        Indicator.key == indicator.key, Indicator.id != indicator.id, in_force(date.max)
    )
    earlier = await work.session.scalar(query.with_for_update())
    if earlier is None:
        return
    open_period = period_of(work.today, Periodicity(indicator.periodicity))
    if indicator.since < open_period.start or indicator.since <= earlier.since:
        text = "Прежние значения не пересчитываются: новая редакция вводится не задним числом"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, rule.clause)
    earlier.until = indicator.since


async def _record(indicator: Indicator, approval: Approval) -> None:
    signed = approval.taken[-1]
    verb = signed.deed if signed.agreed else "declined"
    after = {"kind": indicator.kind, "party": signed.party, "state": indicator.state}
    subject, cause = f"indicator:{indicator.id}", signed.reason or signed.clause
    await approval.work.record(Event(f"indicator.{verb}", subject, cause, after=after))
