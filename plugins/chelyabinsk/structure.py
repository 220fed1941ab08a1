"""Clauses 5, 9, 10 and 12 of the regulation: eight blocks, their staff and the way up."""

from core.api import (
    PRACTICE,
    RU_1844,
    Block,
    Body,
    BodyKind,
    EscalationStep,
    Permission,
    Reach,
    Role,
    Rule,
    hookimpl,
)
from plugins.chelyabinsk.acts import ACT

BLOCKS = ACT.cite("pol.12")
MEMBERS = ACT.cite("pol.5")
READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})


def _bodies() -> tuple[Body, ...]:
    """Who was to draft the plan; the profile bodies of clause 9 are not named and so are data."""
    return (
        Body(
            "ministry-digital",
            "Министерство информационных технологий, связи и цифрового развития "
            "Челябинской области",
            BodyKind.EXECUTIVE,
            clause=ACT.cite("rasp.3"),
        ),
    )


def _roles() -> tuple[Role, ...]:
    """Members of the centre that the Rules do not know."""
    return (
        Role(
            "block-staff",
            "Сотрудник отраслевого блока",
            Reach.BLOCKS,
            rank=55,
            permissions=READING,
            clause=MEMBERS,
        ),
        Role(
            "competence-staff",
            "Сотрудник центра компетенций",
            Reach.REGION,
            rank=45,
            permissions=READING,
            clause=MEMBERS,
        ),
    )


def _escalations() -> tuple[EscalationStep, ...]:
    """The block's staff and head watch (10.1), then hand the problem to its responsible (10.2).

    The order is the act's; how many days before the deadline is the product's practice.
    """
    watch, hand_up = ACT.cite("pol.10.1"), ACT.cite("pol.10.2")
    return (
        EscalationStep("block-staff", 3, 2, "block-staff", clause=watch),
        EscalationStep("block-head", 4, 1, "block-head", clause=watch),
        EscalationStep(
            "block",
            5,
            0,
            "block-responsible",
            clause=hand_up,
            replaces=PRACTICE.cite("escalation.block"),
        ),
        EscalationStep(
            "head",
            6,
            -1,
            "head",
            repeat_days=7,
            clause=ACT.cite("pol.8.1"),
            replaces=PRACTICE.cite("escalation.head"),
        ),
    )


def _blocks() -> tuple[Block, ...]:
    """The list of clause 12, the federal eight."""
    return (
        _block("health", "Здравоохранение", 1),
        _block("education", "Образование", 2),
        _block("social-protection", "Социальная защита", 3),
        _block("housing", "Жилищно-коммунальное хозяйство", 4),
        _block("solid-waste", "Твердые коммунальные отходы", 5),
        _block("roads", "Дороги", 6),
        _block("transport", "Транспорт", 7),
        _block("energy", "Энергетика", 8),
    )


def _block(theme: str, name: str, number: int) -> Block:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return Block(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_bodies(),
        *_roles(),
        *_escalations(),
        *_blocks(),
    )
