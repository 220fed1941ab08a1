"""Clause 4 of the resolution: who supplies facts."""

from core.api import BodyKind, SupplyDuty, hookimpl
from plugins.mari_el.acts import ACT


@hookimpl
def supply_duties() -> tuple[SupplyDuty, ...]:
    """Executive bodies must supply data; the act names no term, so the federal one stands."""
    kinds = frozenset({BodyKind.EXECUTIVE})
    return (SupplyDuty("executive-bodies", kinds, days=15, clause=ACT.cite("post.4")),)
