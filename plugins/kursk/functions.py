"""Clause 4 of the regulation: functions, templates, systems, targets of categories, new blocks."""

from core.api import RU_1844, Authority, hookimpl
from core.appeals.rules import NamedSystem, TemplateRule
from core.indicators.rules import ChainStep, IndicatorKind, OwnerKind, RequiredTarget, chain
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import BlockGrowth, BlockKind, BlockStep, Direction, Foundation

ACT = act_beside(__file__)
CURATOR, CATEGORIES, GROWTH = ACT.cite("pol.3.2.8"), ACT.cite("pol.4.7"), ACT.cite("pol.4.8.2")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.1 to 4.9."""
    return (
        _foundation("blocks", "отраслевые блоки по утверждённой структуре", "pol.4.1", "10.в"),
        _foundation("directions", "пять функций", "pol.4.2", "12"),
        *_functions(),
        _system("portal", "Портал ЦУР", "документы и отчёты центра", "pol.4.4"),
        _system("heat-map", "ВІ: ЦУР РФ", "перечень и категории региональных проблем", "pol.4.5"),
        *_categories(),
        *_growth(),
        NamedSystem(
            "situation-centre",
            "Ситуационный центр Губернатора Курской области",
            "обмен информацией, совместные документы",
            clause=ACT.cite("pol.4.9"),
        ),
    )


def _foundation(key: str, says: str, clause: str, federal: str) -> Foundation:
    return Foundation(key, says, clause=ACT.cite(clause), replaces=RU_1844.cite(federal))


def _functions() -> tuple[Rule, ...]:
    """4.2: five, one of them without a federal code (R19); only this act counts templates."""
    return (
        _direction("feedback", "Обратная связь", "pol.4.2.1", "12.а"),
        TemplateRule("answer", clause=ACT.cite("pol.4.2.1.2")),
        _direction("training", "Обучение", "pol.4.2.2", "12.б"),
        Direction("sociology", "Социология", clause=ACT.cite("pol.4.2.3")),
        _direction("informing", "Информирование", "pol.4.2.4", "12.в"),
        _direction("digital-transformation", "Процессы и методология", "pol.4.2.5", "12.г"),
    )


def _direction(code: str, name: str, clause: str, federal: str) -> Direction:
    cited, replaces = ACT.cite(clause), RU_1844.cite(federal)
    return Direction(code, name, federal=code, clause=cited, replaces=replaces)


def _system(key: str, name: str, purpose: str, clause: str) -> NamedSystem:
    """The region's label of a federal system (R24)."""
    replaces = RU_1844.cite(f"2.{key}")
    return NamedSystem(key, name, purpose, clause=ACT.cite(clause), replaces=replaces)


def _categories() -> tuple[Rule, ...]:
    """4.7: a category without a target is incomplete; no federal consent is asked (R17)."""
    key, category = "category-target", OwnerKind.CATEGORY
    by_curator = tuple(ChainStep(s.deed, s.by, CURATOR) for s in chain(Authority.CURATOR))
    return (
        IndicatorKind(
            key,
            "Целевые по категориям региональных проблем",
            by_curator,
            frozenset({category}),
            clause=CATEGORIES,
            since=ACT.date,
        ),
        RequiredTarget(key, category, clause=CATEGORIES, since=ACT.date),
    )


def _growth() -> tuple[Rule, ...]:
    """4.8: sector blocks only; themes may be widened besides."""
    return (
        BlockStep("propose", 10, Authority.HEAD, clause=GROWTH),
        BlockStep("support", 50, Authority.CURATOR, clause=GROWTH),
        BlockGrowth("blocks", frozenset({BlockKind.SECTOR}), clause=GROWTH),
    )
