"""Clause 10 а) and в) of the Rules: the region's act, the eight themes and a block for each."""

from core.api import RU_1844, hookimpl
from core.directory.rules import Theme
from core.law.rule import Rule
from core.structure.rules import BlockRule, Foundation

EIGHT = (
    ("health", "Здравоохранение"),
    ("education", "Образование"),
    ("social-protection", "Социальная защита"),
    ("housing", "Жилищно-коммунальное хозяйство"),
    ("solid-waste", "Твёрдые коммунальные отходы"),
    ("roads", "Дороги"),
    ("transport", "Транспорт"),
    ("energy", "Энергетика"),
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The act, the list, then its eight items."""
    return (
        _foundation("act", "регион принимает нормативный акт о центре", "10.а"),
        _foundation("blocks", "отраслевые блоки по восьми социально значимым тематикам", "10.в"),
        *(rule for n, (key, name) in enumerate(EIGHT, start=1) for rule in _theme(n, key, name)),
    )


def _foundation(key: str, says: str, number: str) -> Foundation:
    return Foundation(key, says, clause=RU_1844.cite(number))


def _theme(number: int, key: str, name: str) -> tuple[Rule, ...]:
    """A theme by which regions are compared, whatever blocks a region forms, and its block.

    A region may widen, rename or join the blocks, not drop one (R1).
    """
    clause = RU_1844.cite(f"10.в.{number}")
    return (
        Theme(key, name, federal=True, clause=clause, floor=True),
        BlockRule(key, name, themes=(key,), clause=clause, floor=True),
    )
