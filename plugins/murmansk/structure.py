"""Clause 4 of the regulation: nine blocks and the ministries the centre works with."""

from core.api import RU_1844, Block, Body, BodyKind, Rule, Theme, hookimpl
from plugins.murmansk.acts import ACT

BLOCKS = ACT.cite("4.2.4.themes")
PARTNERS = ACT.cite("4.8")


def _themes() -> tuple[Theme, ...]:
    """What the list of 4.2 adds to the federal eight."""
    return (Theme("landscaping", "Благоустройство", clause=BLOCKS),)


def _blocks() -> tuple[Block, ...]:
    """The list of 4.2, a block for each theme."""
    return (
        _block("health", "Здравоохранение", 1),
        _block("education", "Образование", 2),
        _block("social-protection", "Социальная защита", 3),
        _block("housing", "Жилищно-коммунальное хозяйство", 4),
        _block("solid-waste", "Твердые коммунальные отходы", 5),
        _block("roads", "Дороги", 6),
        _block("transport", "Транспорт", 7),
        _block("energy", "Энергетика", 8),
        Block("landscaping", "Благоустройство", ("landscaping",), clause=BLOCKS),
    )


def _block(theme: str, name: str, number: int) -> Block:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return Block(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


def _bodies() -> tuple[Body, ...]:
    """Partners of the centre, not owners of themes: the act ties no body to a block."""
    return (
        Body(
            "ministry-digital",
            "Министерство цифрового развития Мурманской области",
            BodyKind.EXECUTIVE,
            clause=PARTNERS,
        ),
        Body(
            "ministry-information-policy",
            "Министерство информационной политики Мурманской области",
            BodyKind.EXECUTIVE,
            clause=PARTNERS,
        ),
        Body(
            "ministry-internal-policy",
            "Министерство внутренней политики Мурманской области",
            BodyKind.EXECUTIVE,
            clause=PARTNERS,
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_themes(),
        *_blocks(),
        *_bodies(),
    )
