"""The structure table: themes, the eight blocks and the one of the city, roles.

Which body owns which theme is in the chapter `owners`.
"""

from core.api import RU_1844, Block, BlockKind, Permission, Reach, Role, Rule, Theme, hookimpl
from plugins.kursk.acts import ACT

BLOCKS = ACT.cite("str.4.themes")
PUBLICATIONS = frozenset({"social-networks", "messengers"})
READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})


def _themes() -> tuple[Theme, ...]:
    """What the structure adds to the federal eight."""
    return (Theme("ecology", "Экология", clause=BLOCKS),)


def _blocks() -> tuple[Block, ...]:
    """Row 4 as it is punctuated, then the block of the city, which has no responsible (R7, R9)."""
    return (
        _block("roads", "Дороги", 6),
        Block(
            "housing",
            "Жилищно-коммунальное хозяйство, твердые коммунальные отходы",
            ("housing", "solid-waste"),
            absorbs=frozenset({"solid-waste"}),
            clause=BLOCKS,
        ),
        _block("health", "Здравоохранение", 1),
        _block("education", "Образование", 2),
        _block("social-protection", "Социальная защита", 3),
        _block("transport", "Транспорт", 7),
        Block("ecology", "Экология", ("ecology",), clause=BLOCKS),
        _block("energy", "Энергетика", 8),
        Block(
            "kursk-city",
            "Сообщения (жалобы), публикуемые гражданами, проживающими в г. Курске",
            themes=(),
            form=BlockKind.THEMATIC,
            has_responsible=False,
            channels=PUBLICATIONS,
            municipalities=frozenset({"kursk-city"}),
            clause=ACT.cite("str.6.city"),
        ),
    )


def _block(theme: str, name: str, number: int) -> Block:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return Block(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


def _roles() -> tuple[Role, ...]:
    """Rows 5 and 7: who works with the media, and heads of directions from the unit."""
    return (
        Role(
            "media-responsible",
            "Ответственный за работу с массмедиа",
            Reach.REGION,
            rank=45,
            permissions=READING,
            clause=ACT.cite("str.5"),
        ),
        Role(
            "direction-head",
            "Руководитель направления",
            Reach.REGION,
            rank=55,
            permissions=READING,
            clause=ACT.cite("str.7"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_themes(),
        *_blocks(),
        *_roles(),
    )
