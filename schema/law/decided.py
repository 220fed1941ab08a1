"""What was decided about blocks, as fields of an answer wait for it."""

from __future__ import annotations

from core.structure.model import BlockProposal
from core.structure.rules.growth import ProposalState
from schema.graphql.loaders import Rows

IN_FORCE = ProposalState.IN_FORCE.value
COLUMNS = (
    BlockProposal.key,
    BlockProposal.name,
    BlockProposal.themes,
    BlockProposal.kind,
    BlockProposal.significant,
    BlockProposal.clause,
    BlockProposal.since,
    BlockProposal.until,
)
"""What the register needs of a decision."""

OF_KEY = Rows(BlockProposal.key, BlockProposal.id, (BlockProposal.state == IN_FORCE,))
EVERY = Rows(BlockProposal.state, BlockProposal.id)
"""Those of a state: ask by IN_FORCE."""
