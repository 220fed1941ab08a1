"""Clause 13 of the regulation: four directions, two of them under superseded names (R19)."""

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Direction, DirectionTask, Foundation

ACT = act_beside(__file__)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The directions in their order; handling is transformed in two of them."""
    return (
        Foundation(
            "directions",
            "четыре направления ради показателей",
            clause=ACT.cite("pol.13"),
            replaces=RU_1844.cite("12"),
        ),
        _direction("feedback", "Обратная связь", "pol.13.1", "12.а"),
        DirectionTask(
            "feedback/transformation",
            "feedback",
            "преобразование обработки обращений и сообщений",
            clause=ACT.cite("pol.13.1.1"),
            replaces=RU_1844.cite("12.а.1"),
        ),
        _direction("training", "Обучение", "pol.13.2", "12.б"),
        _direction("informing", "Информирование", "pol.13.3", "12.в"),
        _direction("digital-transformation", "Процессы и методология", "pol.13.4", "12.г"),
        DirectionTask(
            "digital-transformation/order",
            "digital-transformation",
            "преобразование порядка обработки обращений и сообщений",
            clause=ACT.cite("pol.13.4.1"),
        ),
    )


def _direction(code: str, name: str, clause: str, federal: str) -> Direction:
    cited, replaces = ACT.cite(clause), RU_1844.cite(federal)
    return Direction(code, name, federal=code, clause=cited, replaces=replaces)
