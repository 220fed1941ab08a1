"""The eight socially significant themes and a sector block for each: clause 10 в) of the Rules."""

from core.api import RU_1844, Block, Rule, Theme, hookimpl

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


def _themes() -> tuple[Theme, ...]:
    """The eight by which regions are compared, whatever blocks a region forms."""
    return tuple(
        Theme(key, name, federal=True, clause=RU_1844.cite(f"10.в.{n}"), floor=True)
        for n, (key, name) in enumerate(EIGHT, start=1)
    )


def _blocks() -> tuple[Block, ...]:
    """One sector block a theme; a region may widen, rename or join them, not drop one (R1)."""
    return tuple(
        Block(key, name, themes=(key,), clause=RU_1844.cite(f"10.в.{n}"), floor=True)
        for n, (key, name) in enumerate(EIGHT, start=1)
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_themes(),
        *_blocks(),
    )
