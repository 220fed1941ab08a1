"""Clause 10 г) of the Rules: who is responsible for a centre, by whom appointed, out of whom.

Levels of rank are one scale for all regions, and no region may go below the floors. Ranks order
the roles too: whoever approves a prolongation stands above the executor. «Должностное лицо» in the
singular is one at a time. Personal answers no region takes away.
"""

from core.api import RU_1844, Authority, Permission, hookimpl
from core.directory.rules import BodyKind
from core.federal.permissions import DISPATCH, FIGURES, LEADING, MANAGEMENT, PERSONAL
from core.kernel.rules import Reach, Role
from core.law.act import Clause
from core.law.rule import Rule
from core.structure.rules import (
    AppointmentStep,
    Charge,
    DutiesAct,
    Per,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Responsibility,
    Seat,
    Step,
)

APPOINTS = RU_1844.cite("10.г")
CURATOR, LIABILITY = RU_1844.cite("10.г.1"), RU_1844.cite("10.г.1.liability")
EXECUTOR, POWERS = RU_1844.cite("10.г.2"), RU_1844.cite("10.г.2.powers")
RESPONSIBLE, BLOCK_HEAD = RU_1844.cite("10.г.3"), RU_1844.cite("10.г.4")
EXECUTIVE = frozenset({BodyKind.EXECUTIVE})
FOUR = ("curator", "executor", "block-responsible", "block-head")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The region appoints its four; the Rules divide the duties, no act of the centre is asked."""
    return (
        *(_appoint(role) for role in FOUR),
        DutiesAct("duties", frozenset(), None, clause=APPOINTS),
        *_curator(),
        *_executor(),
        *_block_responsible(),
        *_block_head(),
    )


def _appoint(role: str) -> AppointmentStep:
    key, by = f"{role}/appoint", Authority.REGION
    return AppointmentStep(key, role, Step.APPOINT, by, clause=APPOINTS)


def _personal(charge: Charge, role: str, clause: Clause) -> Responsibility:
    return Responsibility(f"{charge}/{role}", charge, role, clause=clause, floor=True)


def _curator() -> tuple[Rule, ...]:
    """Item 1."""
    role, rank, permissions = "curator", "deputy-highest-official", LEADING | PERSONAL | FIGURES
    return (
        Role(role, "Куратор центра", Reach.REGION, 100, permissions, clause=CURATOR),
        Rank("highest-official", "Высшее должностное лицо", 100, clause=CURATOR),
        Rank(rank, "Заместитель высшего должностного лица", 90, clause=CURATOR),
        RankFloor(role, rank, 90, clause=CURATOR, floor=True),
        Seat(role, Per.REGION, clause=CURATOR, floor=True),
        _personal(Charge.CENTRE, role, LIABILITY),
    )


def _executor() -> tuple[Rule, ...]:
    """Item 2, and what he must be able to do."""
    role, name = "executor", "Исполнитель, ответственный за центр"
    permissions = LEADING | FIGURES | MANAGEMENT
    powers = "полномочия по региональному проекту и по координации управления"
    return (
        Role(role, name, Reach.REGION, 90, permissions, clause=EXECUTOR),
        RankFloor(role, "body-deputy-head", 60, clause=EXECUTOR, floor=True),
        Pool(role, role, EXECUTIVE, clause=EXECUTOR, floor=True),
        Seat(role, Per.REGION, clause=EXECUTOR, floor=True),
        _personal(Charge.ROADMAP, role, EXECUTOR),
        Qualification(role, powers, clause=POWERS, floor=True),
    )


def _block_responsible() -> tuple[Rule, ...]:
    """Item 3: out of the profile body."""
    role, name = "block-responsible", "Ответственный за отраслевой блок"
    permissions = LEADING | PERSONAL | {Permission.READ_WORKLOAD}
    return (
        Role(role, name, Reach.BLOCKS, 70, permissions, clause=RESPONSIBLE),
        Rank("body-head", "Руководитель исполнительного органа", 70, clause=RESPONSIBLE),
        Rank("body-deputy-head", "Заместитель руководителя органа", 60, clause=RESPONSIBLE),
        RankFloor(role, "body-deputy-head", 60, clause=RESPONSIBLE, floor=True),
        Pool(role, role, EXECUTIVE, profile=True, clause=RESPONSIBLE, floor=True),
        Seat(role, Per.BLOCK, clause=RESPONSIBLE, floor=True),
        _personal(Charge.BLOCK, role, RESPONSIBLE),
    )


def _block_head() -> tuple[Rule, ...]:
    """Item 4: out of the profile body or an institution of it."""
    role, name = "block-head", "Руководитель отраслевого блока"
    kinds = EXECUTIVE | {BodyKind.SUBORDINATE}
    return (
        Role(role, name, Reach.BLOCKS, 60, DISPATCH | PERSONAL, clause=BLOCK_HEAD),
        Rank("specialist", "Сотрудник", 10, clause=BLOCK_HEAD),
        Pool(role, role, kinds, profile=True, clause=BLOCK_HEAD, floor=True),
    )
