"""The hooks about people, blocks and directions, in the manner of `core.region.hooks`."""

from __future__ import annotations

import pluggy

from core.structure.rules.appointing import (
    AppointmentStep,
    DutiesAct,
    Involvement,
    NominationLimit,
    ReplacementRule,
)
from core.structure.rules.charges import Foundation, Mandate, Responsibility
from core.structure.rules.directions import Direction, DirectionTask
from core.structure.rules.growth import BlockGrowth, BlockStep
from core.structure.rules.ranks import (
    AcceptedPosition,
    Headcount,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Seat,
)

hookspec = pluggy.HookspecMarker("tsur")


@hookspec
def foundations() -> tuple[Foundation, ...]:  # type: ignore[empty-body]
    """What the centre is and on what acts it stands."""


@hookspec
def ranks() -> tuple[Rank, ...]:  # type: ignore[empty-body]
    """Ranks of positions on one scale: the federal ones, and the names that a region has."""


@hookspec
def rank_floors() -> tuple[RankFloor, ...]:  # type: ignore[empty-body]
    """The lowest rank for a role, key by role."""


@hookspec
def accepted_positions() -> tuple[AcceptedPosition, ...]:  # type: ignore[empty-body]
    """Positions that an act names for a role, whatever the floor; key by role."""


@hookspec
def pools() -> tuple[Pool, ...]:  # type: ignore[empty-body]
    """From which bodies the holders of a role come."""


@hookspec
def qualifications() -> tuple[Qualification, ...]:  # type: ignore[empty-body]
    """What the holder of a role must have besides his rank, key by role."""


@hookspec
def seats() -> tuple[Seat, ...]:  # type: ignore[empty-body]
    """Roles that one person holds at a time, key by role."""


@hookspec
def headcounts() -> tuple[Headcount, ...]:  # type: ignore[empty-body]
    """How many of a body an act advises for a role: more is a warning."""


@hookspec
def appointment_steps() -> tuple[AppointmentStep, ...]:  # type: ignore[empty-body]
    """Who nominates, submits, appoints and approves, and in what act."""


@hookspec
def nomination_limits() -> tuple[NominationLimit, ...]:  # type: ignore[empty-body]
    """Bodies that nominate to some roles only, key by body."""


@hookspec
def replacements() -> tuple[ReplacementRule, ...]:  # type: ignore[empty-body]
    """When and how soon another candidate is proposed, key `<role>/<trigger>`."""


@hookspec
def involvements() -> tuple[Involvement, ...]:  # type: ignore[empty-body]
    """Whose representatives a role may bring into the work, key by role."""


@hookspec
def duties_acts() -> tuple[DutiesAct, ...]:  # type: ignore[empty-body]
    """What divides the duties of the centre's members, key `duties`."""


@hookspec
def responsibilities() -> tuple[Responsibility, ...]:  # type: ignore[empty-body]
    """For what the holders of roles answer, key `<object>/<role>`."""


@hookspec
def mandates() -> tuple[Mandate, ...]:  # type: ignore[empty-body]
    """Work that an act gives to a role or a body."""


@hookspec
def block_steps() -> tuple[BlockStep, ...]:  # type: ignore[empty-body]
    """The steps by which a block is added; the last of them puts it in force."""


@hookspec
def block_growth() -> tuple[BlockGrowth, ...]:  # type: ignore[empty-body]
    """Which kinds of block may be added, key `blocks`."""


@hookspec
def directions() -> tuple[Direction, ...]:  # type: ignore[empty-body]
    """Directions of work under the region's names, with federal codes."""


@hookspec
def direction_tasks() -> tuple[DirectionTask, ...]:  # type: ignore[empty-body]
    """What an act counts to a direction."""


STRUCTURE_HOOKS = (
    "foundations", "ranks", "rank_floors", "accepted_positions", "pools", "qualifications",
    "seats", "headcounts", "appointment_steps", "nomination_limits", "replacements",
    "involvements", "duties_acts", "responsibilities", "mandates", "block_steps",
    "block_growth", "directions", "direction_tasks",
)  # fmt: skip
