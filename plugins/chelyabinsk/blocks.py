"""Clause 12 of the regulation: the eight federal blocks, and the curator adds others alone."""

from core.api import RU_1844, Authority, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import BlockGrowth, BlockKind, BlockRule, BlockStep

ACT = act_beside(__file__)
BLOCKS, GROWTH = ACT.cite("pol.12"), ACT.cite("pol.12.2")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The list of clause 12, then how it grows: by sector and thematic blocks."""
    federal = RU_1844.cite("11.в")
    return (
        _block("health", "Здравоохранение", 1),
        _block("education", "Образование", 2),
        _block("social-protection", "Социальная защита", 3),
        _block("housing", "Жилищно-коммунальное хозяйство", 4),
        _block("solid-waste", "Твердые коммунальные отходы", 5),
        _block("roads", "Дороги", 6),
        _block("transport", "Транспорт", 7),
        _block("energy", "Энергетика", 8),
        BlockStep("decide", 50, Authority.CURATOR, clause=GROWTH, replaces=federal),
        BlockGrowth("blocks", frozenset(BlockKind), clause=GROWTH, replaces=federal),
    )


def _block(theme: str, name: str, number: int) -> BlockRule:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return BlockRule(theme, name, (theme,), clause=BLOCKS, replaces=replaces)
