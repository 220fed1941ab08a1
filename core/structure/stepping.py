"""Which rule lets an authority take a step; where none does, the refusal names who may."""

from __future__ import annotations

from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.structure.candidates import Bench
from core.structure.deciding import Decision
from core.structure.rules.appointing import ORDER, AppointmentStep, NominationLimit, Step, fitting


def rule_for(
    bench: Bench, role: str, blocks: tuple[str, ...], step: Step, decision: Decision
) -> AppointmentStep:
    """The rule under which the decision stands; WRONG_AUTHORITY or WRONG_STEP where none does."""
    rules, today = bench.work.rules, bench.work.today
    if step is Step.NOMINATE and decision.body:
        _respect_limit(rules.find(NominationLimit, decision.body, today), role)
    own = fitting(rules.all(AppointmentStep, today), role)
    known = [rule for rule in own if rule.step is step]
    if not known:
        first = min(own, key=lambda rule: ORDER.index(rule.step))
        text = f"Такого шага у этой роли нет: {first.step.label} {first.by.label}"
        raise Refusal(RefusalCode.WRONG_STEP, text, first.clause)
    for rule in known:
        if _fits(bench, rule, blocks, decision):
            return rule
    here = [rule for rule in known if _within(rule, blocks)] or known
    who = ", ".join(dict.fromkeys(rule.by.label for rule in here))
    text = f"Здесь {step.label} не {decision.by.label}, а {who}"
    raise Refusal(RefusalCode.WRONG_AUTHORITY, text, here[0].clause)


def _respect_limit(limit: NominationLimit | None, role: str) -> None:
    if limit is not None and role not in limit.roles:
        text = "Этот орган кандидатур на такую роль не предлагает"
        raise Refusal(RefusalCode.WRONG_AUTHORITY, text, limit.clause)


def _fits(bench: Bench, rule: AppointmentStep, blocks: tuple[str, ...], decision: Decision) -> bool:
    if not rule.by.covers(decision.by) or not _within(rule, blocks):
        return False
    if rule.bodies and decision.body not in rule.bodies:
        return False
    return rule.by is not Authority.OWNING_BODY or _owns(bench, decision.body, blocks)


def _within(rule: AppointmentStep, blocks: tuple[str, ...]) -> bool:
    return not rule.blocks or rule.blocks >= set(blocks)


def _owns(bench: Bench, body: str | None, blocks: tuple[str, ...]) -> bool:
    """Whether the body answers for a theme of each of the blocks."""
    today = bench.work.today
    return all(body in bench.owners(bench.blocks.get(key, today)) for key in blocks)
