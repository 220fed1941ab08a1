"""Facts and stages of the region's own, inside the states that there are."""

from __future__ import annotations

from core.api import Permission, hookimpl
from core.appeals.rules import Fact, OwnFact, StageRule, State, own
from core.law.rule import Rule
from tests.grounds.terms.rules import ACT

HELD = frozenset({State.QUEUED, State.ASSIGNED, State.IN_WORK})
IN_WORK = frozenset({State.IN_WORK})
ANSWERED = frozenset({State.ANSWERED, State.CLOSED})

MODERATION = StageRule(
    "moderation", "Модерация", Fact.RECEIVED, own("moderated"), clause=ACT.cite("5")
)
WORK = StageRule("work", "Работа", own("moderated"), own("work-done"), clause=ACT.cite("5"))
CHECK = StageRule("check", "Проверка", own("work-done"), own("checked"), clause=ACT.cite("5"))


@hookimpl
def rules() -> tuple[Rule, ...]:
    route, answer = Permission.ROUTE, Permission.ANSWER
    return (
        OwnFact(
            "important",
            "Сообщение признано важным",
            HELD,
            route,
            importance="important",
            clause=ACT.cite("1"),
        ),
        OwnFact("interim", "Промежуточный ответ", IN_WORK, answer, clause=ACT.cite("2")),
        OwnFact("published", "Публикация ответа", ANSWERED, answer, clause=ACT.cite("3")),
        OwnFact("draft", "Проект ответа", IN_WORK, answer, clause=ACT.cite("4")),
        OwnFact(
            "moderated",
            "Модерация пройдена",
            HELD,
            route,
            preliminary=True,
            clause=ACT.cite("5"),
        ),
        OwnFact("work-done", "Работа сделана", IN_WORK, answer, clause=ACT.cite("5")),
        OwnFact("checked", "Работа проверена", IN_WORK, answer, clause=ACT.cite("5")),
        OwnFact("returned", "Возврат ответа", IN_WORK, answer, clause=ACT.cite("6")),
        OwnFact("corrected", "Ответ исправлен", IN_WORK, answer, clause=ACT.cite("6")),
        MODERATION,
        WORK,
        CHECK,
    )
