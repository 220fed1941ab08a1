"""Rules of structure and indicators in words, with all that each may say."""

from __future__ import annotations

import pytest

from core.directory.rules.bodies import BodyKind
from core.indicators.rules.kinds import ChainStep, Deed, IndicatorKind, OwnerKind, RequiredTarget
from core.indicators.rules.kinds import Stage as ValueStage
from core.kernel.codes import ActKind, Authority
from core.law.rule import Rule
from core.structure.rules.appointments import AppointmentStep, DutiesAct, Step
from core.structure.rules.directions import Direction
from core.structure.rules.growth import BlockStep
from core.structure.rules.ranks import Headcount, Pool, RankFloor
from tests.core.law.samples import clause

CITED, SET_BY = clause("a/1"), clause("b/2")
A, AB = frozenset({"a"}), frozenset({"b", "a"})
SENTENCES: list[tuple[Rule, str]] = [
    (
        AppointmentStep(
            "x",
            "head",
            Step.NOMINATE,
            Authority.MINISTRY,
            AB,
            A,
            frozenset({ActKind.ORDER}),
            clause=CITED,
        ),
        "`head`: определяет кандидатуру Министерство; `a`, `b`; блоки: `a`; основание: приказ",
    ),
    (
        DutiesAct("x", frozenset({ActKind.ORDER}), Authority.MINISTRY, clause=CITED),
        "приказ; согласует Министерство",
    ),
    (
        DutiesAct("x", frozenset({ActKind.ORDER}), None, clause=CITED),
        "приказ",
    ),
    (
        DutiesAct("x", frozenset(), Authority.MINISTRY, clause=CITED),
        "обязанности распределены самим актом",
    ),
    (
        BlockStep("x", 2, Authority.MINISTRY, frozenset({ActKind.ORDER}), clause=CITED),
        "очерёдность 2 (практика системы): Министерство; основание: приказ",
    ),
    (
        BlockStep("x", 2, Authority.MINISTRY, clause=CITED),
        "очерёдность 2 (практика системы): Министерство",
    ),
    (
        Pool("x", "head", frozenset({BodyKind.STATE}), A, AB, True, AB, A, clause=CITED),
        "`head`: `a`, `b`; `a`; орган — профильный; блоки: `a`, `b`; кроме блоков: `a`",
    ),
    (
        Pool("x", "head", frozenset({BodyKind.STATE}), clause=CITED),
        "`head`: государственные органы",
    ),
    (
        Headcount("x", "head", "roads", "office", 2, clause=CITED),
        "`head` в блоке `roads` от `office`: рекомендовано 2",
    ),
    (
        RankFloor("head", "minister", 70, True, clause=CITED),
        "только должность `minister`",
    ),
    (
        RankFloor("head", "minister", 70, clause=CITED),
        "не ниже должности `minister`, уровень 70 (практика системы)",
    ),
    (
        Direction("x", "Анализ", None, AB, clause=CITED),
        "«Анализ», вне федерального перечня; участвуют: `a`, `b`",
    ),
    (
        Direction("x", "Анализ", "analysis", clause=CITED),
        "«Анализ», входит в федеральный перечень",
    ),
    (
        IndicatorKind(
            "x",
            "Свои",
            (
                ChainStep(Deed.PROPOSE, Authority.REGION),
                ChainStep(Deed.AGREE, Authority.MINISTRY, SET_BY),
            ),
            frozenset({OwnerKind.BLOCK, OwnerKind.CENTRE}),
            federal_view=True,
            stages=tuple(ValueStage),
            source="перечень",
            clause=CITED,
        ),
        "Свои: регион предлагает, Министерство согласует — b, 2; чьи: центр, блок; источник: "
        "перечень; значение проходит: оценка, свод, проверка; федеральное представление",
    ),
    (
        IndicatorKind(
            "x",
            "Свои",
            (ChainStep(Deed.PROPOSE, Authority.REGION),),
            frozenset({OwnerKind.BLOCK}),
            clause=CITED,
        ),
        "Свои: регион предлагает; чьи: блок; представление региона",
    ),
    (
        RequiredTarget("main", OwnerKind.BLOCK, clause=CITED),
        "без целевого значения не полон показатель вида `main` (блок)",
    ),
]


@pytest.mark.parametrize(("rule", "text"), SENTENCES, ids=[type(r).__name__ for r, _ in SENTENCES])
def test_a_rule_says(rule: Rule, text: str) -> None:
    assert rule.sentence() == text
