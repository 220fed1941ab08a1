"""Clauses 1 to 4 of the resolution: the office, its structure, technical policy, who helps it."""

from core.api import FZ59, RU_1844, ActKind, Authority, hookimpl
from core.appeals.rules import SupplyDuty
from core.directory.rules import Body, BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import BlockStep, Foundation, Mandate

ACT = act_beside(__file__)
DEPARTMENT, POLICY = "department-informatisation", ACT.cite("post.2")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The structure is an annex to a resolution, so only a resolution changes it.

    Executive bodies must supply data; the act names no term, so the federal one stands.
    """
    return (
        Foundation("creation", "проектный офис создан постановлением", clause=ACT.cite("post.1")),
        BlockStep(
            "decide",
            90,
            Authority.GOVERNMENT,
            frozenset({ActKind.RESOLUTION}),
            clause=ACT.cite("post.1.1"),
            replaces=RU_1844.cite("11.в"),
        ),
        Foundation(
            "regulation",
            "положение о центре утверждает Правительство",
            clause=ACT.cite("post.1.2"),
        ),
        *_department(),
        SupplyDuty(
            "executive-bodies",
            frozenset({BodyKind.EXECUTIVE}),
            days=15,
            term=FZ59.cite("10.2"),
            clause=ACT.cite("post.4"),
        ),
    )


def _department() -> tuple[Rule, ...]:
    """The body of technical policy; the act ties no body to a block."""
    name = "Департамент информатизации и связи Республики Марий Эл"
    what = "вырабатывает единую техническую политику"
    return (
        Body(DEPARTMENT, name, BodyKind.EXECUTIVE, clause=POLICY),
        Mandate(f"{DEPARTMENT}/post.2", DEPARTMENT, what, True, clause=POLICY),
    )
