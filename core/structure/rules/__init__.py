"""The structure of a centre as law: blocks, persons, charges, directions."""

from __future__ import annotations

from core.structure.rules.appointments import (
    ANY_ROLE,
    AppointmentStep,
    DutiesAct,
    Involvement,
    NominationLimit,
    ReplacementRule,
    Step,
    Trigger,
)
from core.structure.rules.blocks import BlockKind, BlockRule
from core.structure.rules.charges import Charge, Degree, Foundation, Mandate, Responsibility
from core.structure.rules.directions import Direction, DirectionTask
from core.structure.rules.growth import BlockGrowth, BlockStep, ProposalState
from core.structure.rules.ranks import (
    AcceptedPosition,
    Headcount,
    Per,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Seat,
)

__all__ = [
    "ANY_ROLE",
    "AcceptedPosition",
    "AppointmentStep",
    "BlockGrowth",
    "BlockKind",
    "BlockRule",
    "BlockStep",
    "Charge",
    "Degree",
    "Direction",
    "DirectionTask",
    "DutiesAct",
    "Foundation",
    "Headcount",
    "Involvement",
    "Mandate",
    "NominationLimit",
    "Per",
    "Pool",
    "ProposalState",
    "Qualification",
    "Rank",
    "RankFloor",
    "ReplacementRule",
    "Responsibility",
    "Seat",
    "Step",
    "Trigger",
]
