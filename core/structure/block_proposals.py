"""Adding a block or widening its themes: by the steps that the region's law asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.directory.bodies import load_bodies
from core.directory.parties import Entry
from core.directory.rules.bodies import Theme
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import filled
from core.kernel.work import Work
from core.shapes.chains.rules import Claim, Decision, OutOfTurn
from core.shapes.chains.service import Approval, Subject, begin, resume
from core.shapes.registers.service import enter
from core.structure.blocks import load_blocks
from core.structure.model import BLOCK_PROPOSAL, BlockProposal
from core.structure.rules.blocks import Block, BlockKind
from core.structure.rules.growth import (
    DECIDE,
    PROPOSE,
    BlockGrowth,
    BlockStep,
    ProposalState,
    growth_chain,
)

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A block to be added, or with the key of an existing one its wider themes.

    `significant` has no default: whether the accelerated mechanism covers it is a choice of the
    decision (R4).
    """

    key: str
    name: str
    kind: BlockKind
    themes: tuple[str, ...]
    significant: bool
    reason: str


@serves(RU_1844.cite("11.в"))
async def propose_block(work: Work, new: NewBlock) -> BlockProposal:
    """Propose a block; who may, and of which kind, the region's law says."""
    entry = await _entry(work)
    law = growth_chain(work.rules.all(BlockStep, work.today))
    first = next((step.parties[0] for step in law.steps if step.deed == PROPOSE), None)
    if first is None:
        require(work.actor, Permission.MANAGE_DIRECTORY)
    else:
        await entry.acting(Decision(first.by), work.rules.clause(first.clause))
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
        kind=new.kind,
        themes=list(new.themes),
        significant=new.significant,
        widens=existing is not None,
        reason=new.reason.strip(),
        state=ProposalState.PROPOSED,
        proposed_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    approval = await begin(work, _subject(work, row))
    if first is not None:
        seat = approval.seat(Claim(first.by), PROPOSE)
        await approval.decide(seat, Decision(first.by), entry.acting)
    await _record(work, row, first.clause if first else None)
    return row


async def decide_block(
    work: Work, proposal_id: int, decision: Decision, since: date | None = None
) -> BlockProposal:
    """Take a step that the proposal awaits; after the last one the block is in force.

    `since` is its first local day, today or later; by default the day of the act, not before
    today. What was placed before stays where it was.
    """
    row, approval = await _open(work, proposal_id)
    seat = approval.seat(Claim(decision.by), DECIDE)
    approval = await approval.decide(seat, decision, (await _entry(work)).acting)
    if since is not None and since < work.today:
        clause = work.rules.clause(seat.party.clause)
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Блок не вводят задним числом", clause)
    if approval.finished:
        row.state, row.clause = ProposalState.IN_FORCE, seat.party.clause
        row.since = since or work.today
        await enter(
            work.session,
            row,
            BlockProposal.key == row.key,
            BlockProposal.state == ProposalState.IN_FORCE,
        )
    await _record(work, row, seat.party.clause)
    return row


async def refuse_block(
    work: Work, proposal_id: int, decision: Decision, reason: str
) -> BlockProposal:
    """Turn a proposal down, by one whose step it awaits."""
    row, approval = await _open(work, proposal_id)
    seat = approval.seat(Claim(decision.by), DECIDE)
    acting = (await _entry(work)).acting
    approval = await approval.decide(seat, decision, acting, refusing=reason)
    if approval.failed:
        row.state = ProposalState.REFUSED
    await _record(work, row, seat.party.clause, reason.strip())
    return row


def _check(work: Work, new: NewBlock, existing: Block | None) -> None:
    growth = work.rules.get(BlockGrowth, "blocks", work.today)
    if existing is None and new.kind not in growth.kinds:
        text = f"Блоки вида «{new.kind.label}» здесь не добавляют"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, growth.clause)
    if existing is not None and not (
        set(existing.themes) < set(new.themes) and not existing.limited
    ):
        text = "Тематики существующего блока только расширяют"
        raise Refusal(RefusalCode.INVALID, text, growth.clause)
    if existing is not None and (new.kind, new.significant) != (
        existing.kind,
        existing.significant,
    ):
        text = "У существующего блока меняются только тематики"
        raise Refusal(RefusalCode.INVALID, text, growth.clause)
    texts = (new.key, new.name, new.reason)
    if not all(filled(text, LONGEST_NAME) for text in texts):
        raise Refusal(RefusalCode.INVALID, "Нужны ключ, название и причина, не длиннее 300 знаков")
    if not new.themes or len(set(new.themes)) != len(new.themes):
        raise Refusal(RefusalCode.INVALID, "Нужна хотя бы одна тематика, каждая один раз")
    for theme in new.themes:
        if work.rules.find(Theme, theme, work.today) is None:
            raise Refusal(RefusalCode.UNKNOWN_THEME, f"Тематики «{theme}» в регионе нет")


async def _open(work: Work, proposal_id: int) -> tuple[BlockProposal, Approval]:
    query = select(BlockProposal).where(BlockProposal.id == proposal_id).with_for_update()
    row = await work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого предложения нет")
    if row.state != ProposalState.PROPOSED:
        state = ProposalState(row.state).label
        raise Refusal(RefusalCode.WRONG_STATE, f"Предложение уже {state}")
    begun = local_date(row.proposed_at, work.zone)
    return row, await resume(work, _subject(work, row), begun)


def _subject(work: Work, row: BlockProposal) -> Subject:
    """The proposal as it is approved: all that a decision is about."""
    said = (row.key, row.name, row.kind, row.themes, row.significant, row.widens)
    # `form` is what `kind` was called: what is under way was signed by that name.
    names = ("key", "name", "form", "themes", "significant", "widens")
    return Subject(
        BLOCK_PROPOSAL,
        row.id,
        dict(zip(names, said, strict=True)),
        lambda on: growth_chain(work.rules.all(BlockStep, on)),
        lambda found: _out_of_turn(work, found),
    )


def _out_of_turn(work: Work, found: OutOfTurn) -> Refusal:
    due = [party for step in found.due for party in step.parties]
    who = ", ".join(party.by.label for party in due)
    text = f"Сейчас решает {who or 'никто'}, а не {found.claim.by.label}"
    clause = work.rules.clause(due[0].clause) if due else None
    return Refusal(RefusalCode.WRONG_AUTHORITY, text, clause)


async def _entry(work: Work) -> Entry:
    return Entry(work, Permission.MANAGE_DIRECTORY, await load_bodies(work.session))


async def _record(
    work: Work, row: BlockProposal, clause: str | None, reason: str | None = None
) -> None:
    after = {"state": row.state, "key": row.key, "reason": reason}
    subject = f"block_proposal:{row.id}"
    await work.record(Event(f"block.{row.state}", subject, clause, after=after))
