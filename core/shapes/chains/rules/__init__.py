"""Approvals as law: chains of steps, and the checks of every decision."""

from core.shapes.chains.rules.chain import (
    Chain,
    Claim,
    OutOfTurn,
    Party,
    Seat,
    Step,
    Turn,
)
from core.shapes.chains.rules.checks import (
    Acting,
    Decision,
    Ground,
    Hands,
    check_authorship,
    check_delegate,
    check_ground,
    check_self_approval,
)

__all__ = [
    "Acting",
    "Chain",
    "Claim",
    "Decision",
    "Ground",
    "Hands",
    "OutOfTurn",
    "Party",
    "Seat",
    "Step",
    "Turn",
    "check_authorship",
    "check_delegate",
    "check_ground",
    "check_self_approval",
]
