"""The list of regional problems and its categories: 4.5 and 4.6; targets stand in `functions`."""

from datetime import date

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.problems.rules import (
    LeastCategories,
    ProblemCategories,
    ProblemSource,
    Projects,
    Source,
)

ACT = act_beside(__file__)
LIST, PROGRAMMES = ACT.cite("pol.4.5"), ACT.cite("pol.4.5.programme-indicators")
SYSTEM = "данные «ВІ: ЦУР РФ»"
OUT_OF_ORDER = dict.fromkeys(
    ("pol.4.5", "pol.4.5.programme-indicators", "pol.4.6", "pol.4.6.minimum"),
    "перечень проблем стоит отдельно",
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.5: two sources; 4.6: categories of the first alone, three for each theme (R7)."""
    return (
        ProblemSource(
            "heat-map",
            Source.HEAT_MAP,
            SYSTEM,
            imported=True,
            clause=LIST,
            replaces=RU_1844.cite("15"),
        ),
        ProblemSource(
            "programmes",
            Source.PROGRAMMES,
            "показатели выполнения программ и проектов",
            frozenset({Projects.NATIONAL, Projects.FEDERAL, Projects.DEPARTMENTAL}),
            "474",
            date(2020, 7, 21),
            clause=PROGRAMMES,
        ),
        ProblemCategories("categories", Source.HEAT_MAP, SYSTEM, clause=ACT.cite("pol.4.6")),
        LeastCategories("categories", 3, clause=ACT.cite("pol.4.6.minimum")),
    )
