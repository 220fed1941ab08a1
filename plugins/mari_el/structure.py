"""The structure table and clause 2 of the resolution: the federal eight and who serves them."""

from core.api import RU_1844, Block, Body, BodyKind, Permission, Reach, Role, Rule, hookimpl
from plugins.mari_el.acts import ACT

BLOCKS = ACT.cite("str.5.themes")


def _bodies() -> tuple[Body, ...]:
    """The body of technical policy; the act ties no body to a block."""
    return (
        Body(
            "department-informatisation",
            "Департамент информатизации и связи Республики Марий Эл",
            BodyKind.EXECUTIVE,
            clause=ACT.cite("post.2"),
        ),
    )


def _blocks() -> tuple[Block, ...]:
    """Row 5, which is whole where row 4 lost words in the scan (R20)."""
    return (
        _block("housing", "Жилищно-коммунальное хозяйство", 4),
        _block("solid-waste", "Твердые коммунальные отходы", 5),
        _block("energy", "Энергетика", 8),
        _block("education", "Образование", 2),
        _block("health", "Здравоохранение", 1),
        _block("roads", "Дорожное хозяйство", 6),
        _block("transport", "Транспорт", 7),
        _block("social-protection", "Социальная защита", 3),
    )


def _block(theme: str, name: str, number: int) -> Block:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return Block(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


def _roles() -> tuple[Role, ...]:
    """Row 6: staff of the competence centre's unit head the directions of work."""
    return (
        Role(
            "direction-head",
            "Руководитель направления",
            Reach.REGION,
            rank=55,
            permissions=frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY}),
            clause=ACT.cite("str.6"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_bodies(),
        *_blocks(),
        *_roles(),
    )
