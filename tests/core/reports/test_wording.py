"""Rules in Russian words, and the rulebook as a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.appeals.rules.handling import Retention
from core.appeals.rules.intake import ApplicantScope, Channel, ChannelKind, Regime, Residence
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.routing import Facts, Route, Target
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Owner
from core.kernel.codes import RefusalCode
from core.kernel.rules.passport import Municipality, Passport, TerritoryCode
from core.law.merge import Layer
from core.law.predicate import Predicate
from core.law.rule import Rule
from core.law.rulebook import Rulebook, compile_rulebook
from core.law.russian import Code, days, period, plural
from core.reports.rules import render
from core.shapes.deadlines.rules.units import Unit
from core.structure.rules.blocks import BlockKind, BlockRule
from tests.core.law.samples import Term, act, clause, layers

CITED = clause("a/1")


def always(facts: Facts) -> bool:
    return True


MARCH = date(2026, 3, 1)
CARD = Passport(
    "region", "Край | света", "Центр", "Ц", "99", "Asia/Omsk", "КС", clause=clause("b/1")
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1 день"),
        (2, "2 дня"),
        (5, "5 дней"),
        (11, "11 дней"),
        (21, "21 день"),
        (112, "112 дней"),
    ],
)
def test_days(number: int, text: str) -> None:
    assert days(number) == text


def test_days_of_a_kind() -> None:
    assert days(30, "календарных") == "30 календарных дней"
    assert plural(3, "раза", "раз", "раз") == "раз"


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        (None, None, "всегда"),
        (MARCH, None, "с 01.03.2026"),
        (None, MARCH, "до 01.03.2026"),
        (date(2025, 1, 1), MARCH, "с 01.01.2025 до 01.03.2026"),
    ],
)
def test_periods(since: date | None, until: date | None, text: str) -> None:
    assert period(since, until) == text


@pytest.mark.parametrize("kind", Code.__subclasses__())
def test_every_member_has_its_own_label(kind: type[Code]) -> None:
    labels = {code.label for code in kind}
    assert len(labels) == len(kind) or (kind is RefusalCode and labels == {""})


SENTENCES = [
    (
        Deadline(
            "x",
            "Ответ",
            starts=Fact.RECEIVED,
            stops=Fact.ANSWERED,
            length=3,
            unit=Unit.WORKING_DAYS,
            themes=frozenset({"roads"}),
            regimes=frozenset({Regime.MESSAGE}),
            clause=CITED,
        ),
        "Ответ: 3 рабочих дня; поступление → ответ; режим: сообщение; тематики: `roads`; "
        "снимает также: прекращение рассмотрения без ответа по существу",
    ),
    (
        BlockRule(
            "city",
            "Город",
            (),
            BlockKind.THEMATIC,
            significant=False,
            has_responsible=False,
            channels=frozenset({"letter"}),
            residents=frozenset({"city"}),
            clause=CITED,
        ),
        "Город; все тематики; тематический; каналы: `letter`; авторы живут: `city`; "
        "вне ускоренного решения; без ответственного",
    ),
    (
        EscalationStep("head", 4, -1, "head", 7, clause=CITED),
        "ступень 4: через 1 день после срока предупреждение получает `head`, затем каждые 7 дней",
    ),
    (Retention("appeal", 1, clause=CITED), "не менее 1 года"),
    (
        ApplicantScope(
            "region",
            frozenset(),
            frozenset({Residence.REGION, Residence.UNKNOWN}),
            clause=CITED,
        ),
        "; проживающие в регионе",
    ),
    (
        Channel(
            "site",
            "Сайт",
            ChannelKind.REGIONAL_SYSTEM,
            Regime.APPEAL,
            system="site",
            clause=CITED,
        ),
        "Сайт: региональная система, режим: обращение; нужна идентификация; система `site`",
    ),
    (
        Municipality(
            "city",
            "Город",
            "городской округ",
            (TerritoryCode("1", until=MARCH), TerritoryCode("2", since=MARCH)),
            "г Город",
            0.0,
            0.0,
            clause=CITED,
        ),
        "Город, городской округ; ОКТМО 1 (до 01.03.2026), 2 (с 01.03.2026); г Город",
    ),
    (
        Owner("roads", "roads", "office", default=False, clause=CITED),
        "`office` отвечает за тематику `roads` наравне с другим",
    ),
    (
        Route(
            "r",
            5,
            Target.BODY,
            "office",
            themes=frozenset({"roads"}),
            when=Predicate("always", 2, always),
            clause=CITED,
        ),
        "очерёдность 5 (практика системы): органу `office`; тематики: `roads`; "
        "если выполнено условие `always`, версия 2",
    ),
]


@pytest.mark.parametrize(("rule", "text"), SENTENCES, ids=[type(r).__name__ for r, _ in SENTENCES])
def test_a_rule_in_words(rule: Rule, text: str) -> None:
    assert rule.sentence() == text


def test_every_kind_of_rule_has_words_and_a_section() -> None:
    known = [kind for kind in Rule.__subclasses__() if kind.__module__.startswith("core.")]
    assert all(kind.heading and kind.sentence is not Rule.sentence for kind in known)


def test_a_kind_without_words_stops_the_rendering() -> None:
    with pytest.raises(NotImplementedError, match="Term"):
        Term("x", clause=CITED).sentence()
    with pytest.raises(LookupError, match="Term"):
        render(compile_rulebook(layers((Term("x", clause=CITED),))), CARD)


def test_the_text_shows_layers_marks_dates_and_what_gave_way() -> None:
    step = EscalationStep("head", 1, 3, "head", clause=CITED)
    later = replace(step, order=2, since=MARCH, clause=clause("b/1"), replaces=CITED)
    federal, region = Layer("federal", (step,), (act("a"),)), Layer("b", (CARD, later), (act("b"),))
    lines = render(compile_rulebook([federal, region]), CARD).splitlines()
    assert lines[0] == "# Свод правил: Край | света"
    told = "за 3 дня до срока предупреждение получает `head`, один раз"
    for row in (
        "| `region` | Край \\| света (99): Центр, Ц; время МСК+3, номера «КС» | b, 1 `b/1` "
        "| всегда | региональный |  |",
        f"| `head` | ступень 1: {told} | a, 1 `a/1` | до 01.03.2026 | федеральный |  |",
        f"| `head` | ступень 2: {told} | b, 1 `b/1` | с 01.03.2026 | региональный "
        "| вместо: a, 1 `a/1` |",
        f"| Предупреждения о сроках | `head` | ступень 1: {told} | a, 1 `a/1` | всегда "
        "| b, 1 `b/1` |",
    ):
        assert row in lines


def test_what_all_rows_share_stands_above_the_table() -> None:
    steps = [EscalationStep(f"s{n}", n, 3, "head", clause=CITED) for n in (2, 1)]
    book = compile_rulebook([Layer("federal", tuple(steps), (act("a"),))])
    lines = render(book, CARD).splitlines()
    start = lines.index("## Предупреждения о сроках")
    assert lines[start + 2 : start + 8] == [
        "Норма: a, 1 `a/1`; Действует: всегда; Слой: федеральный.",
        "",
        "| Ключ | Что установлено |",
        "|---|---|",
        "| `s1` | ступень 1: за 3 дня до срока предупреждение получает `head`, один раз |",
        "| `s2` | ступень 2: за 3 дня до срока предупреждение получает `head`, один раз |",
    ]


def test_acts_outside_the_register_are_marked_wherever_they_are_cited(law: Rulebook) -> None:
    passport = law.get(Passport, "region", MARCH)
    text = render(law, passport)
    cited = [line for line in text.splitlines() if "`fz59/" in line]
    assert cited
    assert all("†" in line for line in cited)
    assert not [line for line in text.splitlines() if "Правила № 1844†" in line]
    assert render(law, passport) == text
