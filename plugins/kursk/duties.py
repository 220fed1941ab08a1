"""What clauses of the act order to be done: clauses 1, 2 and 4, and who does it here."""

from core.api import hookimpl
from core.appeals.rules import SupplyDuty, TemplateRule
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule

ACT = act_beside(__file__)


def _supply_duties() -> tuple[SupplyDuty, ...]:
    """Executive bodies assist the centre; the act names no term, so the federal one stands."""
    kinds = frozenset({BodyKind.EXECUTIVE})
    return (SupplyDuty("executive-bodies", kinds, days=15, clause=ACT.cite("post.5")),)


def _templates() -> tuple[TemplateRule, ...]:
    """Only this act counts making them to the direction of feedback."""
    return (TemplateRule("answer", clause=ACT.cite("pol.4.2.1.2")),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_supply_duties(),
        *_templates(),
    )
