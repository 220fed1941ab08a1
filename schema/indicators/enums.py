"""Codes of indicators as GraphQL enums."""

from __future__ import annotations

from core.indicators.rules.attainment import Direction
from core.indicators.rules.kinds import Deed, IndicatorState, OwnerKind, Stage
from core.law.russian import Code
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(Deed, "Шаг согласования показателя"),
    described(IndicatorState, "Где показатель на пути согласования"),
    described(OwnerKind, "Чей показатель"),
    described(Stage, "Стадия, которую проходит значение"),
    described(Direction, "Куда лучше"),
)
