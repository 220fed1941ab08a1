"""Clause 12 of the Rules: four directions, under the names of their wordings (R44)."""

from datetime import date

from core.api import RU_1844, hookimpl
from core.law.rule import Rule
from core.structure.rules import Direction, DirectionTask, Foundation

RENAMED, DIGITAL = date(2022, 2, 26), date(2022, 12, 15)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The aim, then а) to г); feedback begins with a new way of handling appeals."""
    return (
        Foundation(
            "directions",
            "четыре направления ради целевых значений показателей",
            clause=RU_1844.cite("12"),
        ),
        _direction("feedback", "Обратная связь", "12.а"),
        DirectionTask(
            "feedback/transformation",
            "feedback",
            "преобразование обработки обращений и сообщений",
            clause=RU_1844.cite("12.а.1"),
        ),
        _direction("training", "Обучение", "12.б", until=RENAMED),
        _direction("training", "Обучение, развитие, оценка", "12.б", since=RENAMED),
        _direction("informing", "Информирование", "12.в"),
        _direction("digital-transformation", "Процессы и методология", "12.г", until=DIGITAL),
        _direction("digital-transformation", "Цифровая трансформация", "12.г", since=DIGITAL),
    )


def _direction(
    code: str, name: str, clause: str, *, since: date | None = None, until: date | None = None
) -> Direction:
    cited = RU_1844.cite(clause)
    return Direction(code, name, federal=code, clause=cited, since=since, until=until, floor=True)
