"""Clauses 7 and 9 of the regulation: seven functions, the assessment of block responsibles."""

from core.api import RU_1844, Authority, hookimpl
from core.indicators.rules import IndicatorKind, OwnerKind, Stage, chain
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Charge, Direction, Foundation

ACT = act_beside(__file__)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Three functions are without a federal code (R19)."""
    return (
        Foundation(
            "directions",
            "семь функций ради показателей",
            clause=ACT.cite("pol.7"),
            replaces=RU_1844.cite("12"),
        ),
        _direction("feedback", "обратная связь", "pol.7.1", "12.а"),
        Direction("monitoring", "мониторинг, аналитика и реагирование", clause=ACT.cite("pol.7.2")),
        _direction("training", "обучение", "pol.7.3", "12.б"),
        Direction("competences", "региональные компетенции", clause=ACT.cite("pol.7.4")),
        Direction("sociology", "социология", clause=ACT.cite("pol.7.5")),
        _direction("informing", "информирование", "pol.7.6", "12.в"),
        _direction("digital-transformation", "процессы и методология", "pol.7.7", "12.г"),
        _assessment(),
    )


def _direction(code: str, name: str, clause: str, federal: str) -> Direction:
    cited, replaces = ACT.cite(clause), RU_1844.cite(federal)
    return Direction(code, name, federal=code, clause=cited, replaces=replaces)


def _assessment() -> IndicatorKind:
    """9, paragraph 9: the centre assesses the work of those who answer for blocks."""
    return IndicatorKind(
        "block-responsible",
        "Показатели работы ответственных за отраслевые блоки",
        chain(Authority.CENTRE),
        frozenset({OwnerKind.BLOCK}),
        charge=Charge.BLOCK,
        stages=(Stage.ASSESSED, Stage.CONSOLIDATED, Stage.CHECKED),
        clause=ACT.cite("pol.9.8"),
        since=ACT.date,
    )
