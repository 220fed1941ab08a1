"""Clause 3 of the regulation: the four federal directions, three of them with a ministry."""

from core.api import RU_1844, hookimpl
from core.appeals.rules import NamedSystem
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Direction, DirectionTask, Foundation

ACT = act_beside(__file__)
INFORMATION, DIGITAL = "ministry-information-policy", "ministry-digital"
UNIT = "competence-unit"


@hookimpl
def rules() -> tuple[Rule, ...]:
    """3.1 with its directions, then the region's label of the heat map (R24).

    Training has two partners: the ministry by this act, the competence centre by 4 з) (R34).
    """
    return (
        Foundation(
            "directions",
            "четыре направления ради целевых значений показателей",
            clause=ACT.cite("3.1"),
            replaces=RU_1844.cite("12"),
        ),
        _direction("feedback", "Обратная связь", "3.1.1", "12.а"),
        DirectionTask(
            "feedback/transformation",
            "feedback",
            "преобразование обработки обращений и сообщений",
            clause=ACT.cite("3.1.1.1"),
            replaces=RU_1844.cite("12.а.1"),
        ),
        _direction("training", "Обучение, развитие, оценка", "3.1.2", "12.б", INFORMATION, UNIT),
        _direction("informing", "Информирование", "3.1.3", "12.в", INFORMATION),
        _direction("digital-transformation", "Цифровая трансформация", "3.1.4", "12.г", DIGITAL),
        NamedSystem(
            "heat-map",
            "ВІ: ЦУР РФ",
            "перечень региональных проблем",
            clause=ACT.cite("3.2"),
            replaces=RU_1844.cite("2.heat-map"),
        ),
    )


def _direction(code: str, name: str, clause: str, federal: str, *partners: str) -> Direction:
    return Direction(
        code,
        name,
        federal=code,
        partners=frozenset(partners),
        clause=ACT.cite(clause),
        replaces=RU_1844.cite(federal),
    )
