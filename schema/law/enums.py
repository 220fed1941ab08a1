"""Codes of rules as GraphQL enums."""

from __future__ import annotations

from core.appeals.rules.intake import ChannelKind, Identification, Regime
from core.appeals.rules.lifecycle import Fact
from core.kernel.rules.roles import Reach
from core.law.russian import Code
from core.shapes.deadlines.rules.units import Unit
from core.structure.rules.blocks import BlockKind
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(Fact, "Что записано в хронологии обращения"),
    described(Regime, "По какому закону рассматривается"),
    described(Identification, "Как установлена личность заявителя"),
    described(Unit, "Как считается срок"),
    described(BlockKind, "Вид блока"),
    described(ChannelKind, "Вид канала обратной связи"),
    described(Reach, "Как далеко видит роль"),
)
