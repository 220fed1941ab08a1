"""Which steps of a document the actor can take now, asked as the steps themselves ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select

from core.directory.bodies import load_bodies
from core.directory.parties import Entry, Held
from core.documents.drafting import drafter, drafting, entry_of
from core.documents.kinds import Procedure, procedure_of, procedures
from core.documents.model import VERSION, Document, DocumentState
from core.documents.submission import require_draft, require_under_way
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal, awaited_refusal, refusal_of
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Chain, Decision, Party
from core.structure.blocks import load_blocks
from core.structure.rules.blocks import Block


@dataclass(frozen=True, slots=True)
class Draftable:
    """A kind of which the actor may begin a document; in which `blocks`, where it is of one."""

    procedure: Procedure
    blocks: tuple[Block, ...] = ()


@serves()
async def draftable(work: Work) -> list[Draftable]:
    """The kinds of which the actor may begin a document today."""
    try:
        held = await entry_of(work).held()
    except Refusal:
        return []
    blocks = (await load_blocks(work.session, work.rules)).all(work.today)
    found = []
    for one in await procedures(work, work.today):
        if not one.on:
            continue
        if one.kind.of_block:
            own = tuple(block for block in blocks if _drafts(work, held, one, block.key))
            found += [Draftable(one, own)] if own else []
        elif _drafts(work, held, one, None):
            found.append(Draftable(one))
    return found


def _drafts(work: Work, held: tuple[Held, ...], procedure: Procedure, block: str | None) -> bool:
    return refusal_of(drafting, work, held, procedure, block) is None


@serves()
async def edit_refusal(work: Work, row: Document) -> Refusal | None:
    """Why the actor cannot change the text, whatever is in force of it; None where he can."""
    return await awaited_refusal(_check(work, row))


@serves()
async def submit_refusal(work: Work, row: Document) -> Refusal | None:
    """Why the text cannot be submitted by the actor, whatever it says; None where it can."""
    return await awaited_refusal(_check(work, row, require_draft))


@serves()
async def withdraw_refusal(work: Work, row: Document) -> Refusal | None:
    """Why it cannot be taken back, or begun anew, by the actor; None where it can."""
    return await awaited_refusal(_check(work, row, require_under_way))


@serves()
async def decide_refusal(work: Work, row: Document) -> Refusal | None:
    """Why the actor decides nothing of what is open; None where he speaks for a party of it."""
    return await awaited_refusal(_check_seat(work, row))


async def _check(
    work: Work, row: Document, require: Callable[[Document, Clause], None] | None = None
) -> None:
    procedure = await procedure_of(work, row.kind, work.today)
    await drafter(work, procedure, row.block)
    if require is not None:
        require(row, procedure.kind.clause)


async def _check_seat(work: Work, row: Document) -> None:
    if row.state != DocumentState.APPROVAL:
        procedure = await procedure_of(work, row.kind, work.today)
        text = f"Решать нечего: документ {DocumentState(row.state).label}"
        raise Refusal(RefusalCode.WRONG_STATE, text, procedure.kind.clause)
    first: Refusal | None = None
    for party in await _waiting(work, row):
        refusal = await awaited_refusal(_check_party(work, row, party))
        if refusal is None:
            return
        first = first or refusal
    if first is not None:
        raise first


async def _waiting(work: Work, row: Document) -> list[Party]:
    """The parties of the steps that are open."""
    mine = (ChainRecord.subject == VERSION, ChainRecord.subject_id == row.current_id)
    chain = (await work.session.scalars(select(ChainRecord).where(*mine))).one()
    query = select(DecisionRecord).where(DecisionRecord.chain_id == chain.id)
    taken = (await work.session.scalars(query.order_by(DecisionRecord.id))).all()
    steps = Chain.thawed(chain.steps or []).open_now(taken)
    return [party for step in steps for party in step.parties]


async def _check_party(work: Work, row: Document, party: Party) -> None:
    bodies = await load_bodies(work.session)
    blocks = (row.block,) if row.block else ()
    entry = Entry(work, Permission.MANAGE_DOCUMENTS, bodies, blocks, by_norm=True)
    decision = Decision(party.by, None, min(party.bodies, default=None))
    if decision.body is None:
        entry = replace(entry, bodies=None)  # which body it is, is said with the decision
    await entry.acting(decision, work.rules.clause(party.clause))
