"""Recording what a region's act calls a fact of a case: the ledger knows it, no state changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.appeals.case import Case, admit, open_step
from core.appeals.choices import Choice, fitting
from core.appeals.model import Appeal
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.rules.occasions import OwnFact, StageRule, own
from core.appeals.step import Asking, Step
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal, refusal_of
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

CLAUSE, MODERATION = PRACTICE.cite("lifecycle.own-fact"), PRACTICE.cite("moderation")


def _known(work: Work, key: str) -> OwnFact:
    rules = {rule.key: rule for rule in _all(work)}
    if key not in rules:
        text = f"События «{key}» акты региона не предусматривают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, CLAUSE)
    return rules[key]


def _all(work: Work) -> Sequence[OwnFact]:
    rules = work.rules.all(OwnFact, work.today)
    if not rules:
        text = "Своих событий акты региона не предусматривают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, CLAUSE)
    return rules


def _step_of(rule: OwnFact) -> Transition:
    """A region's fact as a step, which the lifecycle does not list."""
    return Transition(
        rule.key, rule.sources, None, rule.permission, Fact.DECLARED, clause=rule.clause
    )


def _any_step(_work: Asking) -> Transition:
    """A step for whoever reads the case: which fact is recorded, its own rule decides."""
    return Transition.anywhere("own-fact", Permission.READ_APPEALS, Fact.DECLARED, CLAUSE)


def _check_some(case: Case) -> None:
    """One fact at least can be recorded of the case now; else why the first cannot."""
    refusals = [refusal_of(_judge, case, rule) for rule in _all(case.work)]
    if None not in refusals and (first := refusals[0]) is not None:
        raise first


def _judge(case: Case, rule: OwnFact) -> None:
    admit(case.work, case.appeal, _step_of(rule))
    _check(case, rule)


async def _facts(case: Case) -> Sequence[Choice]:
    rules, judge = _all(case.work), partial(_judge, case)
    return await fitting(rules, judge, lambda one: Choice(one.key, one.name))


RECORD = Step("own-fact", (_check_some,), _any_step, {"fact": _facts})


@serves(CLAUSE, MODERATION)
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
    its states or the fact would end a stage that does not run, and of a preliminary check
    REGIME_BY_LAW where the case is no message and REASON_REQUIRED, each with the clause.
    """
    rule = _known(work, fact_key)
    case = await open_step(work, appeal_id, _step_of(rule), expected_version)
    _check(case, rule)
    said = reasoned(reason or "", rule.clause) if reason is not None or rule.preliminary else None
    data = {"own": rule.key}
    if rule.importance is not None:
        data["importance"] = rule.importance
    return await case.advance(reason=said, data=data)


def _check(case: Case, rule: OwnFact) -> None:
    """An appeal is never moderated (R58); a stage is ended only while it runs."""
    if rule.preliminary and case.appeal.regime != Regime.MESSAGE:
        text = "Предварительную проверку проходят только сообщения, обращения её не проходят"
        raise Refusal(RefusalCode.REGIME_BY_LAW, text, MODERATION)
    _check_stages(case, rule, case.work.rules.all(StageRule, case.work.today))


def _check_stages(case: Case, rule: OwnFact, stages: Sequence[StageRule]) -> None:
    """What ends a stage is a fact only while one of those that it ends runs."""
    ended = [stage for stage in stages if stage.ends == own(rule.key)]
    if ended and not any(stage.runs(case.entries) for stage in ended):
        text = f"Стадия «{ended[0].name}» сейчас не идёт"
        raise Refusal(RefusalCode.WRONG_STATE, text, ended[0].clause)
