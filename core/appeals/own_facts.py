"""Recording what a region's act calls a fact of a case: the ledger knows it, no state changes."""

from __future__ import annotations

from collections.abc import Sequence

from core.appeals.case import Case, open_step
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.rules.occasions import OwnFact, StageRule, own
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import reasoned
from core.kernel.work import Work


async def record_fact(
    work: Work,
    appeal_id: int,
    fact_key: str,
    *,
    reason: str | None = None,
    expected_version: int | None = None,
) -> Appeal:
    """Record the region's own fact, whose terms begin and end with it. Needs its permission.

    Refuses NOT_PROVIDED where no act knows the fact, WRONG_STATE where the case is in none of
    its states or the fact would end a stage that does not run, each with the clause.
    """
    rule = work.rules.find(OwnFact, fact_key, work.today)
    if rule is None:
        text = f"События «{fact_key}» акты региона не предусматривают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text)
    step = Transition(
        rule.key, rule.sources, None, rule.permission, Fact.DECLARED, clause=rule.clause
    )
    case = await open_step(work, appeal_id, step, expected_version)
    _check_stages(case, rule, work.rules.all(StageRule, work.today))
    said = reasoned(reason, rule.clause) if reason is not None else None
    data = {"own": rule.key}
    if rule.importance is not None:
        data["importance"] = rule.importance
    return await case.advance(reason=said, data=data)


def _check_stages(case: Case, rule: OwnFact, stages: Sequence[StageRule]) -> None:
    """What ends a stage is a fact only while one of those that it ends runs."""
    ended = [stage for stage in stages if stage.ends == own(rule.key)]
    if ended and not any(stage.runs(case.entries) for stage in ended):
        text = f"Стадия «{ended[0].name}» сейчас не идёт"
        raise Refusal(RefusalCode.WRONG_STATE, text, ended[0].clause)
