"""Which kinds of documents there are on a day, by law and by acts recorded here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from core.documents.model import RecordedChain
from core.documents.rules.kinds import DocumentDeed, DocumentKind, DocumentStep, document_chain
from core.kernel.access import require
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.roles import Role
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.chains.rules import Chain, Ground, check_ground
from core.shapes.registers.service import enter

MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Procedure:
    """A kind as it is on a day: its rule with the steps that hold, and the act that set them."""

    kind: DocumentKind
    ground: str | None = None

    @property
    def on(self) -> bool:
        """Whether documents of it may be drafted: somebody has set its chain."""
        return not self.kind.set_by or self.ground is not None

    @property
    def chain(self) -> Chain:
        """The steps."""
        return document_chain(self.kind)


@dataclass(frozen=True, slots=True)
class NewChain:
    """A chain as an act sets it: whose roles draft, which steps, from which day."""

    kind: str
    since: date
    drafters: frozenset[str]
    steps: tuple[DocumentStep, ...]


@serves()
async def record_chain(
    work: Work, new: NewChain, ground: Ground, agreed: Ground | None = None
) -> RecordedChain:
    """Enter the act that sets the chain of a kind which no act of the law gives one (R21).

    Needs MANAGE_DOCUMENTS. Refuses NOT_PROVIDED where the law has the chain, GROUND_REQUIRED
    without the act or its agreement, DATE_OUT_OF_RANGE before the act.
    """
    require(work.actor, Permission.MANAGE_DOCUMENTS)
    rule = _rule(work, new.kind, work.today)
    clause = rule.clause
    if not rule.set_by:
        text = "Порядок этого вида документов установлен самим актом"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, clause)
    check_ground(ground, rule.set_by, work.today, clause)
    needed = f"Нет согласования: {rule.set_with.label}" if rule.set_with else None
    check_ground(
        agreed, frozenset(), work.today, clause, required=bool(rule.set_with), missing=needed
    )
    if new.since < ground.date:
        text = "Порядок не действует раньше акта, который его установил"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
    _check_steps(work, new, clause)
    row = RecordedChain(
        kind=rule.key,
        drafters=sorted(new.drafters),
        steps=[_frozen(step) for step in new.steps],
        ground=ground.text,
        agreed=agreed.text if agreed else None,
        since=new.since,
        actor=work.actor.subject,
        at=work.now,
    )
    await enter(work.session, row, RecordedChain.kind == rule.key)
    event = Event("document.chain_recorded", f"document_chain:{row.id}", clause.ref)
    await work.record(event)
    return row


async def procedures(work: Work, on: date) -> tuple[Procedure, ...]:
    """Every kind on a local day, those that are off among them."""
    rows = await work.session.scalars(select(RecordedChain).where(RecordedChain.holds(on)))
    recorded = {row.kind: row for row in rows}
    return tuple(_with(rule, recorded) for rule in work.rules.all(DocumentKind, on))


async def procedure_of(work: Work, key: str, on: date) -> Procedure:
    """The kind on a local day; NOT_PROVIDED where there is none or nobody has set its chain."""
    rule = _rule(work, key, on)
    query = select(RecordedChain).where(RecordedChain.kind == key, RecordedChain.holds(on))
    rows = (await work.session.scalars(query)).all()
    found = _with(rule, {row.kind: row for row in rows})
    if not found.on:
        text = f"Порядок вида «{rule.name}» не установлен: сначала внесите акт, который его вводит"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, rule.clause)
    return found


def _rule(work: Work, key: str, on: date) -> DocumentKind:
    rule = work.rules.find(DocumentKind, key, on)
    if rule is None:
        text = f"Вида документов «{key}» акты региона не знают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text)
    return rule


def _with(rule: DocumentKind, recorded: Mapping[str, RecordedChain]) -> Procedure:
    row = recorded.get(rule.key)
    if row is None or not rule.set_by:
        return Procedure(rule)
    steps = tuple(_thawed(step) for step in row.steps)
    return Procedure(replace(rule, steps=steps, drafters=frozenset(row.drafters)), row.ground)


def _check_steps(work: Work, new: NewChain, clause: Clause) -> None:
    if not 0 < len(new.steps) <= MOST_STEPS:
        text = f"В порядке должно быть от одного до {MOST_STEPS} шагов"
        raise Refusal(RefusalCode.INVALID, text, clause)
    for step in new.steps:
        needed = len(step.by) if step.need is None else step.need
        if not step.by or not 0 < needed <= len(step.by):
            text = "В шаге порядка нет сторон, или их меньше, чем нужно решений"
            raise Refusal(RefusalCode.INVALID, text, clause)
    _check_roles(work, new.drafters, clause)


def _check_roles(work: Work, roles: Iterable[str], clause: Clause) -> None:
    for role in roles:
        if work.rules.find(Role, role, work.today) is None:
            raise Refusal(RefusalCode.UNKNOWN_ROLE, f"Роли «{role}» в регионе нет", clause)


def _frozen(step: DocumentStep) -> dict[str, Any]:
    return {
        "deed": step.deed.value,
        "by": [one.value for one in step.by],
        "need": step.need,
        "beside": step.beside,
    }


def _thawed(step: Mapping[str, Any]) -> DocumentStep:
    by: Sequence[str] = step["by"]
    return DocumentStep(
        DocumentDeed(step["deed"]),
        tuple(Authority(one) for one in by),
        need=step["need"],
        beside=step["beside"],
    )
