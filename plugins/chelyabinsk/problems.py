"""The list of regional problems: 14, out of the heat map and nothing else."""

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.problems.rules import ProblemSource, Source

ACT = act_beside(__file__)
LIST = ACT.cite("pol.14")
OUT_OF_ORDER = {"pol.14": "перечень проблем стоит отдельно"}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """14."""
    return (
        ProblemSource(
            "heat-map",
            Source.HEAT_MAP,
            "данные тепловой карты",
            clause=LIST,
            replaces=RU_1844.cite("15"),
        ),
    )
