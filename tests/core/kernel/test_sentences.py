"""Rules of the kernel in words, and what of them is refused."""

from __future__ import annotations

from datetime import date, time

import pytest

from core.kernel.codes import Permission
from core.kernel.rules.calendar import Calendar, WorkingHours
from core.kernel.rules.passport import Municipality, Reform, ReformKind, TerritoryCode
from core.kernel.rules.roles import Reach, Role
from core.law.rule import Rule
from tests.core.law.samples import clause

CITED = clause("a/1")
HOURS = (time(9), time(18), time(16, 45), time(13), time(13, 45))
RENAMED = Reform(ReformKind.RENAMED, date(2026, 1, 2), "закон № 1", "Село", "сельсовет")
MERGED = Reform(ReformKind.MERGED, date(2027, 1, 2), "закон № 2", "Город", "округ", ("b", "a"))
PLACE = Municipality(
    "x",
    "Город",
    "округ",
    (TerritoryCode("1", until=date(2026, 1, 2)), TerritoryCode("2", since=date(2026, 1, 2))),
    "г. Город",
    1.0,
    2.0,
    reforms=(RENAMED, MERGED),
    clause=CITED,
)
SENTENCES: list[tuple[Rule, str]] = [
    (
        Calendar("x", clause=CITED),
        "рабочие дни по производственному календарю Российской Федерации",
    ),
    (
        Calendar("x", "KZ", "01", clause=CITED),
        "рабочие дни по производственному календарю `KZ` с днями субъекта `01`",
    ),
    (
        WorkingHours("x", *HOURS, clause=CITED),
        "с 09:00 до 18:00, в пятницу до 16:45, перерыв с 13:00 до 13:45",
    ),
    (
        WorkingHours("x", *HOURS, 60, clause=CITED),
        "с 09:00 до 18:00, в пятницу до 16:45, перерыв с 13:00 до 13:45; "
        "накануне праздника короче на 60 минут",
    ),
    (
        Role("x", "Куратор", Reach.REGION, 100, frozenset({Permission.ANSWER}), clause=CITED),
        "Куратор: весь регион, уровень 100 (практика системы); может: ответ",
    ),
    (
        Role("x", "Служба", Reach.REGION, 0, frozenset({Permission.ANSWER}), True, clause=CITED),
        "Служба: служебная учётная запись; весь регион, уровень 0 (практика системы); может: ответ",
    ),
    (
        PLACE,
        "Город, округ; ОКТМО 1 (до 02.01.2026), 2 (с 02.01.2026); г. Город; "
        "02.01.2026 переименовано (закон № 1); "
        "02.01.2027 объединено с другим, преемники: `a`, `b` (закон № 2)",
    ),
]


@pytest.mark.parametrize(("rule", "text"), SENTENCES, ids=[type(r).__name__ for r, _ in SENTENCES])
def test_a_rule_says(rule: Rule, text: str) -> None:
    assert rule.sentence() == text


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 1, 1), "1"), (date(2026, 1, 2), "2"), (date(2030, 1, 1), "2")]
)
def test_a_place_has_the_code_of_the_day(on: date, code: str) -> None:
    assert PLACE.oktmo(on) == code


@pytest.mark.parametrize("kind", ReformKind)
def test_what_is_merged_or_split_is_no_more(kind: ReformKind) -> None:
    assert kind.ends is (kind in {ReformKind.MERGED, ReformKind.SPLIT})
