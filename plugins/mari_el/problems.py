"""The list of regional problems: 12, by the system and by indicators under Decree 204."""

from datetime import date

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.problems.rules import ProblemSource, Projects, Source

ACT = act_beside(__file__)
LIST, PROGRAMMES = ACT.cite("pol.12"), ACT.cite("pol.12.programme-indicators")
OUT_OF_ORDER = dict.fromkeys(
    ("pol.12", "pol.12.programme-indicators"), "перечень проблем стоит отдельно"
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """12: the heat map under its regional name (R24); regional projects beside the others."""
    return (
        ProblemSource(
            "heat-map",
            Source.HEAT_MAP,
            "данные «ВІ: ЦУР РФ»",
            imported=True,
            clause=LIST,
            replaces=RU_1844.cite("15"),
        ),
        ProblemSource(
            "programmes",
            Source.PROGRAMMES,
            "показатели выполнения программ и проектов",
            frozenset(Projects),
            "204",
            date(2018, 5, 7),
            clause=PROGRAMMES,
        ),
    )
