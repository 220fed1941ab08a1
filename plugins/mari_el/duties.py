"""What the resolution and clauses 4, 5 and 9 of the regulation order to be done."""

from core.api import hookimpl
from core.appeals.rules import SupplyDuty
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule

ACT = act_beside(__file__)


def _supply_duties() -> tuple[SupplyDuty, ...]:
    """Executive bodies must supply data; the act names no term, so the federal one stands."""
    kinds = frozenset({BodyKind.EXECUTIVE})
    return (SupplyDuty("executive-bodies", kinds, days=15, clause=ACT.cite("post.4")),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_supply_duties(),)
