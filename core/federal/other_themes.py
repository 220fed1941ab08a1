"""Themes outside the eight: what people write about that no block of the Rules covers."""

from core.api import PRACTICE, Rule, Theme, hookimpl

OTHER = (
    ("construction", "Строительство"),
    ("trade", "Торговля и услуги"),
    ("culture", "Культура"),
    ("sport", "Физическая культура и спорт"),
    ("labour", "Труд и занятость"),
    ("communications", "Связь и почта"),
    ("public-services", "Государственные и муниципальные услуги"),
    ("animals", "Безнадзорные животные"),
    ("support-measures", "Меры поддержки"),
    ("migration", "Миграция"),
    ("other", "Другое"),
)


def _themes() -> tuple[Theme, ...]:
    """Without a block and so without the accelerated term, until a region forms one (R4)."""
    return tuple(Theme(key, name, clause=PRACTICE.cite("themes")) for key, name in OTHER)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_themes(),)
