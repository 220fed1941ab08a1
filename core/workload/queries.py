"""Selects of workload: entries of the ledger, messages and staff by block, proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.appeals.model import Appeal, LedgerEntry
from core.appeals.queries import visible
from core.db.keyset import Order
from core.directory.model import Appointment
from core.directory.service import holding
from core.kernel.access import Actor
from core.kernel.codes import Permission
from core.kernel.rules.roles import Reach, Role
from core.law.rulebook import Rulebook
from core.workload.model import StaffingProposal

BY_NUMBER = Order((StaffingProposal.id,), descending=True)


def entries_between(
    actor: Actor, start: datetime, end: datetime, block: str | None
) -> Select[*tuple[Any, ...]]:
    """The whole ledgers of cases that were open between two moments, a case after another."""
    open_then = and_(
        Appeal.received_at < end, or_(Appeal.closed_at.is_(None), Appeal.closed_at > start)
    )
    within = true() if block is None else Appeal.block == block
    return (
        select(
            LedgerEntry.appeal_id,
            Appeal.block,
            LedgerEntry.seq,
            LedgerEntry.fact,
            LedgerEntry.at,
            LedgerEntry.body,
            LedgerEntry.actor,
        )
        .join(Appeal, Appeal.id == LedgerEntry.appeal_id)
        .where(open_then, within, visible(actor, Permission.READ_WORKLOAD))
        .order_by(LedgerEntry.appeal_id, LedgerEntry.seq)
    )


def proposals() -> Select[StaffingProposal]:
    """Staffing proposals of the region."""
    return select(StaffingProposal)


async def messages_by_block(
    session: AsyncSession, start: datetime, end: datetime
) -> Mapping[str, int]:
    """How many appeals and messages each block got between two moments."""
    query = (
        select(Appeal.block, func.count())
        .where(Appeal.block.is_not(None), Appeal.received_at >= start, Appeal.received_at < end)
        .group_by(Appeal.block)
    )
    return {block: count for block, count in await session.execute(query) if block}


async def staff_by_block(session: AsyncSession, rules: Rulebook, on: date) -> Mapping[str, int]:
    """How many persons hold a role of blocks in each block on a local day."""
    roles = [role.key for role in rules.all(Role, on) if role.reach is Reach.BLOCKS]
    query = select(Appointment).where(Appointment.role.in_(roles), holding(on))
    people = {
        (block, appointment.person_id)
        for appointment in await session.scalars(query)
        for block in appointment.blocks
    }
    return Counter(block for block, _ in people)
