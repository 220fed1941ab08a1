"""Clause 5 of the resolution and 4.2 of the regulation: who supplies facts, what is drafted."""

from core.api import BodyKind, SupplyDuty, TemplateRule, hookimpl
from plugins.kursk.acts import ACT


@hookimpl
def supply_duties() -> tuple[SupplyDuty, ...]:
    """Executive bodies assist the centre; the act names no term, so the federal one stands."""
    kinds = frozenset({BodyKind.EXECUTIVE})
    return (SupplyDuty("executive-bodies", kinds, days=15, clause=ACT.cite("post.5")),)


@hookimpl
def templates() -> tuple[TemplateRule, ...]:
    """Only this act counts making them to the direction of feedback."""
    return (TemplateRule("answer", clause=ACT.cite("pol.4.2.1.2")),)
