"""The list of regional problems: 15, out of the heat map."""

from core.api import RU_1844, hookimpl
from core.law.rule import Rule
from core.problems.rules import ProblemSource, Source

LIST = RU_1844.cite("15")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """15, for the region's centre and municipal ones."""
    return (ProblemSource("heat-map", Source.HEAT_MAP, "данные тепловой карты", clause=LIST),)
