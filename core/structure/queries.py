"""Selects of the structure: replacements and proposed blocks."""

from __future__ import annotations

from sqlalchemy import Select, select

from core.structure.model import BlockProposal, Replacement
from core.structure.rules.growth import ProposalState

MOST = 500


def replacements(waiting: bool) -> Select[Replacement]:
    """Replacements by their deadline; `waiting` leaves those without a proposal."""
    query = select(Replacement).order_by(Replacement.due_at, Replacement.id).limit(MOST)
    return query.where(Replacement.proposed_at.is_(None)) if waiting else query


def block_proposals(state: ProposalState | None) -> Select[BlockProposal]:
    """Proposals of blocks, the newest first."""
    query = select(BlockProposal).order_by(BlockProposal.id.desc()).limit(MOST)
    return query if state is None else query.where(BlockProposal.state == state)
