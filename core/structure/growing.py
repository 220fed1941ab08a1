"""Adding a block or widening its themes: by the steps that the region's law asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.directory.bodies import load_bodies
from core.directory.rules.bodies import Theme
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import readable
from core.kernel.work import Work
from core.shapes.registers.service import enter
from core.structure.blocks import load_blocks
from core.structure.deciding import Decision, described, entitled
from core.structure.model import BlockProposal, BlockRecord
from core.structure.rules.blocks import Block, BlockKind
from core.structure.rules.growth import BlockGrowth, BlockStep, ProposalState, awaited

PROPOSE = "propose"
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A block to be added, or with the key of an existing one its wider themes.

    `significant` has no default: whether the accelerated mechanism covers it is a choice of the
    decision (R4).
    """

    key: str
    name: str
    form: BlockKind
    themes: tuple[str, ...]
    significant: bool
    reason: str


@serves(RU_1844.cite("11.в"))
async def propose_block(work: Work, new: NewBlock) -> BlockProposal:
    """Propose a block; who may, and of which kind, the region's law says."""
    steps = work.rules.all(BlockStep, work.today)
    first = next((step for step in steps if step.key == PROPOSE), None)
    if first is None:
        require(work.actor, Permission.MANAGE_DIRECTORY)
    else:
        entitled(work, Decision(first.by), first.clause, await load_bodies(work.session))
    existing = (await load_blocks(work.session, work.rules)).find(new.key, work.today)
    _check(work, new, existing)
    under_way = select(BlockProposal.id).where(
        BlockProposal.key == new.key, BlockProposal.state == ProposalState.PROPOSED
    )
    if (await work.session.scalars(under_way)).first() is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Предложение об этом блоке уже рассматривается")
    row = BlockProposal(
        key=new.key,
        name=new.name.strip(),
        form=new.form,
        themes=list(new.themes),
        significant=new.significant,
        widens=existing is not None,
        reason=new.reason.strip(),
        state=ProposalState.PROPOSED,
        proposed_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    if first is not None:
        await _pass(work, row, first, Decision(first.by))
    await _record(work, row, first.clause.ref if first else None)
    return row


async def decide_block(
    work: Work, proposal_id: int, decision: Decision, since: date | None = None
) -> BlockProposal:
    """Take a step that the proposal awaits; after the last one the block is in force.

    `since` is its first local day, today or later; by default the day of the act, not before
    today. What was placed before stays where it was.
    """
    row = await _open(work, proposal_id)
    steps = [s for s in work.rules.all(BlockStep, work.today) if s.key != PROPOSE]
    passed = await _passed(work, row)
    due = awaited(steps, passed)
    rule = next((step for step in due if step.by.covers(decision.by)), None)
    if rule is None:
        who = ", ".join(step.by.label for step in due)
        text = f"Сейчас решает {who}, а не {decision.by.label}"
        raise Refusal(RefusalCode.WRONG_AUTHORITY, text, due[0].clause)
    bodies = await load_bodies(work.session)
    entitled(work, decision, rule.clause, bodies, grounds=rule.grounds)
    if since is not None and since < work.today:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Блок не вводят задним числом", rule.clause)
    await _pass(work, row, rule, decision)
    if not awaited(steps, {*passed, rule.key}):
        row.state, row.clause = ProposalState.IN_FORCE, rule.clause.ref
        row.since = since or work.today
        await enter(
            work.session,
            row,
            BlockProposal.key == row.key,
            BlockProposal.state == ProposalState.IN_FORCE,
        )
    await _record(work, row, rule.clause.ref)
    return row


async def refuse_block(
    work: Work, proposal_id: int, decision: Decision, reason: str
) -> BlockProposal:
    """Turn a proposal down, by one whose step it awaits."""
    row = await _open(work, proposal_id)
    steps = [s for s in work.rules.all(BlockStep, work.today) if s.key != PROPOSE]
    due = awaited(steps, await _passed(work, row))
    rule = next((step for step in due if step.by.covers(decision.by)), None)
    if rule is None:
        raise Refusal(
            RefusalCode.WRONG_AUTHORITY, "Отклоняет тот, чьё решение нужно", due[0].clause
        )
    entitled(work, decision, rule.clause, await load_bodies(work.session))
    if not reason.strip():
        raise Refusal(RefusalCode.REASON_REQUIRED, "Укажите причину", rule.clause)
    row.state = ProposalState.REFUSED
    await _record(work, row, rule.clause.ref, reason.strip())
    return row


def _check(work: Work, new: NewBlock, existing: Block | None) -> None:
    growth = work.rules.get(BlockGrowth, "blocks", work.today)
    if existing is None and new.form not in growth.kinds:
        text = f"Блоки вида «{new.form.label}» здесь не добавляют"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, growth.clause)
    if existing is not None and not (
        set(existing.themes) < set(new.themes) and not existing.limited
    ):
        text = "Тематики существующего блока только расширяют"
        raise Refusal(RefusalCode.INVALID, text, growth.clause)
    if existing is not None and (new.form, new.significant) != (
        existing.form,
        existing.significant,
    ):
        text = "У существующего блока меняются только тематики"
        raise Refusal(RefusalCode.INVALID, text, growth.clause)
    texts = (new.key, new.name, new.reason)
    if not all(t.strip() and len(t) <= LONGEST_NAME and readable(t) for t in texts):
        raise Refusal(RefusalCode.INVALID, "Нужны ключ, название и причина, не длиннее 300 знаков")
    if not new.themes or len(set(new.themes)) != len(new.themes):
        raise Refusal(RefusalCode.INVALID, "Нужна хотя бы одна тематика, каждая один раз")
    for theme in new.themes:
        if work.rules.find(Theme, theme, work.today) is None:
            raise Refusal(RefusalCode.UNKNOWN_THEME, f"Тематики «{theme}» в регионе нет")


async def _open(work: Work, proposal_id: int) -> BlockProposal:
    query = select(BlockProposal).where(BlockProposal.id == proposal_id).with_for_update()
    row = await work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого предложения нет")
    if row.state != ProposalState.PROPOSED:
        state = ProposalState(row.state).label
        raise Refusal(RefusalCode.WRONG_STATE, f"Предложение уже {state}")
    return row


async def _passed(work: Work, row: BlockProposal) -> set[str]:
    query = select(BlockRecord.step).where(BlockRecord.proposal_id == row.id)
    return set(await work.session.scalars(query))


async def _pass(work: Work, row: BlockProposal, rule: BlockStep, decision: Decision) -> None:
    work.session.add(
        BlockRecord(
            proposal_id=row.id,
            step=rule.key,
            by=Authority(decision.by),
            clause=rule.clause.ref,
            ground=described(decision.ground) if decision.ground else None,
            actor=work.actor.subject,
            at=work.now,
        )
    )
    await work.session.flush()


async def _record(
    work: Work, row: BlockProposal, clause: str | None, reason: str | None = None
) -> None:
    after = {"state": row.state, "key": row.key, "reason": reason}
    subject = f"block_proposal:{row.id}"
    await work.record(Event(f"block.{row.state}", subject, clause, after=after))
