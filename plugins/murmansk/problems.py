"""The list of regional problems: 3.2, by the system and by indicators under Decree 204."""

from datetime import date

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.problems.rules import ProblemSource, Projects, Source

ACT = act_beside(__file__)
LIST, PROGRAMMES = ACT.cite("3.2"), ACT.cite("3.2.programme-indicators")
OUT_OF_ORDER = dict.fromkeys(("3.2", "3.2.programme-indicators"), "перечень проблем стоит отдельно")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """3.2: the heat map under its regional name (R24); national, federal, departmental projects."""
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
            frozenset({Projects.NATIONAL, Projects.FEDERAL, Projects.DEPARTMENTAL}),
            "204",
            date(2018, 5, 7),
            clause=PROGRAMMES,
        ),
    )
