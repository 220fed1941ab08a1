"""Which steps of an indicator the actor can take now, asked as the steps themselves ask."""

from __future__ import annotations

from core.indicators.chain import entry
from core.indicators.rules.kinds import ChainStep, IndicatorKind
from core.indicators.service import OF_CENTRE
from core.kernel.codes import Authority
from core.kernel.errors import Refusal, awaited_refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.chains.rules import Decision


@serves()
async def signature_refusal(work: Work, by: Authority, clause: str) -> Refusal | None:
    """Why the actor gives no signature of this party; None where he does, or enters its act."""
    return await _refusal(work, Decision(by), clause)


@serves()
async def proposable(work: Work) -> list[IndicatorKind]:
    """The kinds of which the actor may propose an indicator, or enter what was proposed outside."""
    return [
        kind
        for kind in work.rules.all(IndicatorKind, work.today)
        if await signature_refusal(work, kind.chain[0].by, kind.ground(kind.chain[0]).ref) is None
    ]


@serves()
async def target_refusal(work: Work, rule: IndicatorKind) -> Refusal | None:
    """Why the actor sets no target of this kind; None where he does, or enters one set outside."""
    approver: ChainStep = rule.chain[-1]
    decision = OF_CENTRE if approver.outside else Decision(approver.by)
    return await _refusal(work, decision, rule.ground(approver).ref)


@serves()
async def value_refusal(work: Work, rule: IndicatorKind) -> Refusal | None:
    """Why the actor enters no values of this kind; None where he does."""
    return await _refusal(work, OF_CENTRE, rule.clause.ref)


async def _refusal(work: Work, decision: Decision, clause: str) -> Refusal | None:
    return await awaited_refusal(entry(work).acting(decision, work.rules.clause(clause)))
