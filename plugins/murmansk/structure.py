"""Clauses 4.1 and 4.2 of the regulation: who makes up the centre, nine blocks and their staff."""

from core.api import RU_1844, Authority, hookimpl
from core.directory.rules import BodyKind, Theme
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import (
    AppointmentStep,
    BlockRule,
    Charge,
    Foundation,
    Per,
    Pool,
    Rank,
    RankFloor,
    Responsibility,
    Seat,
    Step,
)

ACT = act_beside(__file__)
CURATOR, EXECUTOR, HEAD = ACT.cite("4.2.1"), ACT.cite("4.2.2"), ACT.cite("4.2.3")
RESPONSIBLE, BLOCKS = ACT.cite("4.2.4"), ACT.cite("4.2.4.themes")
BLOCK_HEAD = ACT.cite("4.2.5")
EXECUTIVE = frozenset({BodyKind.EXECUTIVE})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.1, then the persons of 4.2 in its order; who the head is the Rules say."""
    return (
        Foundation(
            "participants",
            "участвуют федеральное министерство, центр компетенций и исполнительные органы",
            clause=ACT.cite("4.1"),
            replaces=RU_1844.cite("5"),
        ),
        *_curator(),
        *_executor(),
        Seat("head", Per.REGION, clause=HEAD, replaces=RU_1844.cite("8.а")),
        *_block_responsible(),
        Theme("landscaping", "Благоустройство", clause=BLOCKS),
        *_blocks(),
        *_block_head(),
    )


def _curator() -> tuple[Rule, ...]:
    """The federal floor under the name that the position has in the oblast."""
    floor, answer = RU_1844.cite("10.г.1"), RU_1844.cite("10.г.1.liability")
    rank, level, charge = "deputy-governor", 90, Charge.CENTRE
    return (
        Rank(rank, "Заместитель Губернатора", level, clause=CURATOR),
        RankFloor("curator", rank, level, clause=CURATOR, replaces=floor),
        Responsibility(f"{charge}/curator", charge, "curator", clause=CURATOR, replaces=answer),
    )


def _executor() -> tuple[Rule, ...]:
    """Out of one ministry."""
    role, federal, charge = "executor", RU_1844.cite("10.г.2"), Charge.ROADMAP
    ministry = frozenset({"ministry-digital"})
    return (
        RankFloor(role, "body-deputy-head", 60, clause=EXECUTOR, replaces=federal),
        Pool(role, role, bodies=ministry, clause=EXECUTOR, replaces=federal),
        Responsibility(f"{charge}/{role}", charge, role, clause=EXECUTOR, replaces=federal),
    )


def _block_responsible() -> tuple[Rule, ...]:
    """The federal floor, the profile body."""
    role, federal = "block-responsible", RU_1844.cite("10.г.3")
    return (
        RankFloor(role, "body-deputy-head", 60, clause=RESPONSIBLE, replaces=federal),
        Pool(role, role, EXECUTIVE, profile=True, clause=RESPONSIBLE, replaces=federal),
    )


def _blocks() -> tuple[BlockRule, ...]:
    """The list of 4.2, a block for each theme; the ninth is the region's own."""
    return (
        _block("health", "Здравоохранение", 1),
        _block("education", "Образование", 2),
        _block("social-protection", "Социальная защита", 3),
        _block("housing", "Жилищно-коммунальное хозяйство", 4),
        _block("solid-waste", "Твердые коммунальные отходы", 5),
        _block("roads", "Дороги", 6),
        _block("transport", "Транспорт", 7),
        _block("energy", "Энергетика", 8),
        BlockRule("landscaping", "Благоустройство", ("landscaping",), clause=BLOCKS),
    )


def _block(theme: str, name: str, number: int) -> BlockRule:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return BlockRule(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


def _block_head() -> tuple[Rule, ...]:
    """Out of the bodies and their organisations, named by the block responsibles (R32)."""
    role, kinds = "block-head", EXECUTIVE | {BodyKind.SUBORDINATE}
    return (
        Pool(
            role,
            role,
            kinds,
            profile=True,
            clause=BLOCK_HEAD,
            replaces=RU_1844.cite("10.г.4"),
        ),
        AppointmentStep(
            f"{role}/appoint",
            role,
            Step.APPOINT,
            Authority.BLOCK_RESPONSIBLE,
            clause=BLOCK_HEAD,
            replaces=RU_1844.cite("10.г"),
        ),
    )
