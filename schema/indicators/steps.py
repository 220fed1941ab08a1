"""What an indicator waits for, and which of its steps whoever asks can take now."""

from datetime import date

import strawberry

from core.indicators import model
from core.indicators.rules.kinds import Deed, IndicatorKind, IndicatorState
from core.indicators.turns import signature_refusal, target_refusal, value_refusal
from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.law import act as law
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Chain, Step
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.loaders import Rows
from schema.graphql.steps import Judged
from schema.law.types import CLAUSE

CHAINS = Rows(ChainRecord.subject_id, None, (ChainRecord.subject == model.INDICATOR,))
SIGNATURES = Rows(
    DecisionRecord.subject_id, DecisionRecord.id, (DecisionRecord.subject == model.INDICATOR,)
)


def _deed(root: strawberry.Parent[Step]) -> Deed:
    return Deed(root.deed)


def _by(root: strawberry.Parent[Step]) -> Authority:
    return root.parties[0].by


def _clause(root: strawberry.Parent[Step], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.parties[0].clause)


@strawberry.type(description="Подпись, которой показатель ждёт")
class IndicatorStep:
    """Resolved from `core.shapes.chains.rules.Step`."""

    deed: Deed = field("Что сделать", _deed)
    by: Authority = field("Кому", _by)
    clause: Clause | None = field(CLAUSE, _clause)


async def open_steps(root: strawberry.Parent[model.Indicator], info: Info) -> list[Step]:
    """The signature that is next; none of an indicator that is in force or declined."""
    record = await info.context.loaders.load(CHAINS, root.id)
    if record is None or root.state != IndicatorState.PROPOSED:
        return []
    taken = await info.context.loaders.load(SIGNATURES, root.id)
    return list(Chain.thawed(record.steps or []).open_now(taken))


async def offered(root: strawberry.Parent[model.Indicator], info: Info) -> list[Judged]:
    """Resolver of an indicator's `offered`: each step by its mutation, and why not."""
    rule = kind_on(info, root, info.context.today)
    if root.state == IndicatorState.PROPOSED:
        waiting = await open_steps(root, info)
        refusal = await _signing(info, waiting[0]) if waiting else None
        return [Judged(name, refusal) for name in ("signIndicator", "declineIndicator")]
    if root.state != IndicatorState.APPROVED or rule is None:
        return []
    value = await _entering(info, rule)
    by_hand = value or _counted(root, rule)
    advance = [Judged("advanceIndicatorValue", value)] if rule.stages else []
    return [
        Judged("setIndicatorTarget", await _setting(info, rule)),
        Judged("recordIndicatorValue", by_hand),
        *advance,
    ]


def kind_on(info: Info, root: model.Indicator, day: date) -> IndicatorKind | None:
    """The kind by the law of a local day, or of the first one of the wording."""
    return info.context.rules.find(IndicatorKind, root.kind, max(day, root.since))


def _counted(root: model.Indicator, rule: IndicatorKind) -> Refusal | None:
    text = "Значение считает формула, вручную его не вносят"
    return Refusal(RefusalCode.WRONG_STATE, text, rule.clause) if root.formula else None


async def _signing(info: Info, step: Step) -> Refusal | None:
    party = step.parties[0]

    async def find() -> Refusal | None:
        async with info.context.reading() as work:
            return await signature_refusal(work, party.by, party.clause)

    return await info.context.once(("signs", party.by, party.clause), find)


async def _setting(info: Info, rule: IndicatorKind) -> Refusal | None:
    async def find() -> Refusal | None:
        async with info.context.reading() as work:
            return await target_refusal(work, rule)

    return await info.context.once(("sets", rule.key), find)


async def _entering(info: Info, rule: IndicatorKind) -> Refusal | None:
    async def find() -> Refusal | None:
        async with info.context.reading() as work:
            return await value_refusal(work, rule)

    return await info.context.once(("enters", rule.key), find)
