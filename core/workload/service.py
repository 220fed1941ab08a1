"""What the centre does about workload: reads it, compares blocks, proposes staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.law.periods import Period
from core.structure.blocks import load_blocks
from core.workload.ledger import Load, read_loads
from core.workload.model import StaffingProposal
from core.workload.queries import messages_by_block, staff_by_block

ADDRESSEE = "curator"
MOST_POSITIONS = 1_000


@dataclass(frozen=True, slots=True)
class Representation:
    """A block's part of the messages and of the staff. `due` is its staff if shared alike."""

    block: str
    messages: int
    share: Fraction | None
    staff: int
    due: Fraction | None


@dataclass(frozen=True, slots=True)
class Loads:
    """The loads of a period and the clause that orders to keep account of them, if one does."""

    rows: tuple[Load, ...]
    clause: Clause | None


@serves()
async def loads(work: Work, period: Period, block: str | None = None) -> Loads:
    """Open cases, inflow and time held by block and specialist, of what the actor may see.

    Needs READ_WORKLOAD. The times held sum exactly to the time that the cases were at work.
    """
    clause = _ordered(work, "workload.loads")
    _permit(work, Permission.READ_WORKLOAD, clause)
    start, end = period.bounds(work.zone)
    rows = await read_loads(work, start, min(end, work.now), block)
    return Loads(tuple(rows), clause)


@serves()
async def representation(work: Work, period: Period) -> list[Representation]:
    """Each block's messages in a period against its staff on the last day of it.

    Not cut by scope: how a block is represented is said beside all the others, and numbers of
    blocks tell of no case and of no person. Needs READ_WORKLOAD; FORBIDDEN with the clause where an
    act orders the account.
    """
    _permit(work, Permission.READ_WORKLOAD, _ordered(work, "workload.representation"))
    start, end = period.bounds(work.zone)
    messages = await messages_by_block(work.session, start, end)
    staff = await staff_by_block(work.session, work.rules, period.last_day)
    total, people = sum(messages.values()), sum(staff.values())
    blocks = await load_blocks(work.session, work.rules)
    return [
        Representation(
            block=block.key,
            messages=messages.get(block.key, 0),
            share=Fraction(messages.get(block.key, 0), total) if total else None,
            staff=staff.get(block.key, 0),
            due=Fraction(messages.get(block.key, 0) * people, total) if total else None,
        )
        for block in blocks.all(period.last_day)
    ]


@serves()
async def propose_staffing(
    work: Work, period: Period, text: str, positions: int, block: str | None = None
) -> StaffingProposal:
    """Propose more staff to the curator as information (R25), with the figures of a period.

    Needs PROPOSE_STAFFING. Refuses NOT_FOUND where no act of the region orders such proposals.
    """
    clause = _ordered(work, "workload.propose_staffing")
    if clause is None:
        text = "Право региона не поручает центру предложений по кадровому усилению"
        raise Refusal(RefusalCode.NOT_FOUND, text)
    _permit(work, Permission.PROPOSE_STAFFING, clause)
    await _check(work, period, positions, block, clause)
    start, end = period.bounds(work.zone)
    proposal = StaffingProposal(
        block=block,
        addressee=ADDRESSEE,
        text=reasoned(text, clause, "обоснование"),
        positions=positions,
        period_from=period.start,
        period_to=period.end,
        figures=await _figures(work, start, end, block),
        author=work.actor.subject,
        clause=clause.ref,
        made_at=work.now,
    )
    work.session.add(proposal)
    await work.session.flush()
    after = {"block": block, "positions": positions, "addressee": ADDRESSEE}
    subject = f"staffing_proposal:{proposal.id}"
    await work.record(Event("staffing.proposed", subject, clause.ref, after=after))
    return proposal


def _ordered(work: Work, service: str) -> Clause | None:
    """The clause by which the region's law orders the service today."""
    return work.rules.ordering(service, work.today)


def _permit(work: Work, permission: Permission, clause: Clause | None) -> None:
    if work.actor.anonymous:
        raise Refusal(RefusalCode.UNAUTHENTICATED, "Нужно войти в систему", clause)
    if not work.actor.may(permission):
        raise Refusal(RefusalCode.FORBIDDEN, "Ваши назначения этого не разрешают", clause)


async def _check(
    work: Work, period: Period, positions: int, block: str | None, clause: Clause
) -> None:
    if not 1 <= positions <= MOST_POSITIONS:
        raise Refusal(RefusalCode.INVALID, "Укажите, сколько нужно должностей", clause)
    if not period.closed(work.today):
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Отчётный период ещё не закончился", clause)
    blocks = await load_blocks(work.session, work.rules)
    if block is not None and blocks.find(block, work.today) is None:
        raise Refusal(RefusalCode.INVALID, f"Блока «{block}» нет", clause)


async def _figures(
    work: Work, start: datetime, end: datetime, block: str | None
) -> dict[str, object]:
    """Plain JSON: what came in, what is open, how long it was held and by how many."""
    rows = await read_loads(work, start, end, block)
    messages = await messages_by_block(work.session, start, end)
    held = sum((row.held for row in rows), timedelta())
    return {
        "messages": sum(messages.values()) if block is None else messages.get(block, 0),
        "open": sum(row.open for row in rows),
        "held_seconds": int(held.total_seconds()),
        "specialists": len({row.specialist for row in rows if row.specialist}),
    }
