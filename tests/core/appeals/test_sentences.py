"""Rules of appeals in words, with all that each may say; federal law has its own table."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.rules.answers import DisputeRule, EvidenceRule, SurveyRule
from core.appeals.rules.grounds import OutcomeGround, ProofKind
from core.appeals.rules.handling import DuplicateRule, Retention, TransferRule
from core.appeals.rules.intake import (
    ApplicantKind,
    ApplicantScope,
    Channel,
    ChannelKind,
    Identification,
    Numbering,
    Regime,
    Residence,
)
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.rules.occasions import EVERY, Occasion, OwnFact, StageRule, own
from core.appeals.rules.routing import Route, Target
from core.appeals.rules.supply import SupplyDuty
from core.appeals.rules.terms import Deadline, EscalationStep, ProlongationLimit
from core.directory.rules.bodies import Body, BodyKind, Owner
from core.kernel.codes import Permission
from core.law.rule import Rule
from core.shapes.deadlines.rules.units import Season, Told, Unit
from tests.core.law.samples import clause

CITED, SET_BY = clause("a/1"), clause("b/2")
A, AB = frozenset({"a"}), frozenset({"b", "a"})
SENTENCES: list[tuple[Rule, str]] = [
    (
        EvidenceRule("x", frozenset({"photo", "deed", "document"}), clause=CITED),
        "«решено» подтверждает: deed, документ, фотография",
    ),
    (
        SurveyRule("x", 9, 2, Unit.WORKING_HOURS, clause=CITED),
        "ссылка действует 9 рабочих часов; при оценке не выше 2 ответ можно сразу оспорить",
    ),
    (
        DisputeRule("x", 10, Unit.WORKING_DAYS, AB, A, clause=CITED),
        "10 рабочих дней после закрытия; тематики: `a`, `b`; каналы: `a`",
    ),
    (
        DisputeRule("x", 1, clause=CITED),
        "1 день после закрытия",
    ),
    (
        TransferRule("x", 2, 1, Unit.WORKING_DAYS, clause=CITED),
        "после 2 передач решает координатор; принять за 1 рабочий день",
    ),
    (
        DuplicateRule("x", 21, 505, clause=CITED),
        "одна тематика и место, 21 день, сходство от 50,5 %; решает человек",
    ),
    (
        Retention("x", 22, clause=CITED),
        "не менее 22 лет",
    ),
    (
        Deadline(
            "x",
            "Ответ",
            Fact.RECEIVED,
            Fact.CLOSED,
            2,
            Unit.WORKING_HOURS,
            frozenset(Regime),
            significant_only=True,
            themes=AB,
            yields_to_prolongation=True,
            channels=A,
            importance=frozenset({"high"}),
            season=Season((4, 1), (10, 31)),
            relieved_by=frozenset({own("b"), own("a")}),
            conditional=True,
            clause=CITED,
        ),
        "Ответ: 2 рабочих часа; поступление → закрытие; при любом режиме; социально значимые "
        "тематики; тематики: `a`, `b`; каналы: `a`; важность: `high`; в сезон с 01.04 по "
        "31.10; снимает также: событие `a`, событие `b`; уступает продлённому сроку; если "
        "это делается",
    ),
    (
        Deadline("x", "Ответ", Fact.RECEIVED, Fact.CLOSED, 1, prolongable=True, clause=CITED),
        "Ответ: 1 календарный день; поступление → закрытие; может быть продлён",
    ),
    (
        Deadline("x", "Обещано", Fact.RECEIVED, Fact.CLOSED, unit=Unit.GIVEN, clause=CITED),
        "Обещано: не позже момента, который назвал канал; поступление → закрытие",
    ),
    (
        ProlongationLimit("x", 2, 30, clause=CITED),
        "не более 2 раз, всего не более чем на 30 дней",
    ),
    (
        ProlongationLimit("x", 1, 1, clause=CITED),
        "не более 1 раза, всего не более чем на 1 день",
    ),
    (
        EscalationStep(
            "x", 2, 3, "head", 4, unit=Unit.HOURS, told=Told.WORKING_HOURS, clause=CITED
        ),
        "ступень 2: за 3 часа до срока предупреждение получает `head`, затем каждые 4 часа, "
        "в рабочие часы",
    ),
    (
        EscalationStep("x", 3, 0, "head", term=SET_BY, clause=CITED),
        "ступень 3: в день срока предупреждение получает `head`, один раз; дни и номер "
        "ступени: b, 2",
    ),
    (
        EscalationStep("x", 4, -21, "head", 2, clause=CITED),
        "ступень 4: через 21 день после срока предупреждение получает `head`, затем каждые 2 дня",
    ),
    (
        EscalationStep("x", 5, 0, "head", eve=True, told=Told.WORKING_DAYS, clause=CITED),
        "сверх ступеней: в последний рабочий день перед сроком, который истекает в нерабочий "
        "день, предупреждение получает `head`, один раз, по рабочим дням",
    ),
    (
        OwnFact(
            "x", "Пауза", frozenset({State.IN_WORK, State.QUEUED}), Permission.ANSWER, clause=CITED
        ),
        "Пауза: «в очереди координатора», «в работе»; право: ответ",
    ),
    (
        OwnFact(
            "x", "Авария", frozenset({State.ASSIGNED}), Permission.ANSWER, "high", clause=CITED
        ),
        "Авария: «направлено»; право: ответ; важность: `high`",
    ),
    (
        StageRule("x", "Проверка", own("draft"), Occasion(Fact.RETURNED, nth=2), clause=CITED),
        "Проверка: событие `draft` → 2-е: возврат",
    ),
    (
        StageRule(
            "x",
            "Иначе",
            Occasion(Fact.CONCLUDED, nth=EVERY, outcome=Outcome.SECRET),
            Occasion(Fact.ANSWERED),
            clause=CITED,
        ),
        "Иначе: прекращение рассмотрения без ответа по существу («ответ не даётся: "
        "охраняемая законом тайна»), каждый раз → ответ",
    ),
    (
        Route("x", 7, Target.OWNER, None, AB, A, AB, A, clause=CITED),
        "очерёдность 7 (практика системы): органу, отвечающему за тематику; тематики: `a`, "
        "`b`; каналы: `a`; территории: `a`, `b`; адресаты: `a`",
    ),
    (
        ApplicantScope("x", frozenset(ApplicantKind), frozenset(Residence), clause=CITED),
        "граждане Российской Федерации, иностранные граждане, лица без гражданства, "
        "юридические лица, заявители, о которых ничего не известно; "
        "независимо от места жительства; юридические лица — независимо от места регистрации",
    ),
    (
        ApplicantScope(
            "x", frozenset({ApplicantKind.CITIZEN}), frozenset({Residence.ABROAD}), clause=CITED
        ),
        "граждане Российской Федерации; проживающие за рубежом",
    ),
    (
        Channel(
            "x",
            "Сайт",
            ChannelKind.DIRECT,
            Regime.MESSAGE,
            identifies=frozenset({Identification.ESIA, Identification.PAPER}),
            either=True,
            regime_act="постановление",
            regime_act_read=date(2026, 3, 1),
            clause=CITED,
        ),
        "Сайт: напрямую, режим: сообщение; личность устанавливает: фамилия и адрес в письме "
        "на бумаге, ЕСИА; передающий указывает, обращение это или сообщение; режим по акту: "
        "постановление, прочитан 01.03.2026",
    ),
    (
        Channel(
            "x",
            "Сайт",
            ChannelKind.DIRECT,
            Regime.APPEAL,
            electronic=False,
            regime_act="постановление",
            clause=CITED,
        ),
        "Сайт: напрямую, режим: обращение; режим по акту: постановление, не прочитан, "
        "сомнение решается в пользу обращения",
    ),
    (
        Numbering("x", "{prefix}/{n}/{year}", clause=CITED),
        "номер: обозначение региона/порядковый номер в году/год",
    ),
    (
        OutcomeGround(
            "secret",
            "Тайна",
            Permission.ANSWER,
            frozenset({ProofKind.NORM, ProofKind.COPY}),
            above_executor=True,
            earlier=2,
            clause=CITED,
        ),
        "Тайна; доказательства: место хранения копии обращения, норма закона, которая "
        "охраняет тайну; прежде дано не менее 2 ответов (практика системы); право: ответ; "
        "решает стоящий выше исполнителя",
    ),
    (
        OutcomeGround(
            "secret",
            "Тайна",
            Permission.ANSWER,
            frozenset({ProofKind.NORM}),
            earlier=1,
            clause=CITED,
        ),
        "Тайна; доказательства: норма закона, которая охраняет тайну; прежде дано не менее 1 "
        "ответа (практика системы); право: ответ",
    ),
    (
        SupplyDuty("x", frozenset({BodyKind.STATE}), 5, Unit.WORKING_DAYS, SET_BY, clause=CITED),
        "по запросу за 5 рабочих дней (срок: b, 2): государственные органы",
    ),
    (
        Body("x", "Комитет", BodyKind.EXECUTIVE, "ministry", clause=CITED),
        "Комитет (исполнительный орган), подчинён `ministry`",
    ),
    (
        Body("x", "Комитет", BodyKind.EXECUTIVE, clause=CITED),
        "Комитет (исполнительный орган)",
    ),
    (
        Owner("x", "roads", "office", clause=CITED),
        "`office` отвечает за тематику `roads` по умолчанию",
    ),
]


@pytest.mark.parametrize(("rule", "text"), SENTENCES, ids=[type(r).__name__ for r, _ in SENTENCES])
def test_a_rule_says(rule: Rule, text: str) -> None:
    assert rule.sentence() == text
