"""How pages write periods, moments of a reckoning and sizes of files."""

from __future__ import annotations

import pytest

from schema.board.words.values import (
    HYPHEN,
    THIN,
    bound,
    capitalize,
    lasting,
    month,
    plainly,
    quarter,
    size,
    stretch,
    within_a_sentence,
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("начало: поступление 2026-03-02T17:00:00+05:00 (Asia/Yekaterinburg)",
         "начало: поступление 02.03.2026, 17:00"),
        ("день 2026-03-02 не считается, день 1 следующий",
         "день 02.03.2026 не считается, день 1 следующий"),
        ("последний день 2026-04-01, последний момент 23:59:59",
         "последний день 01.04.2026, последний момент 23:59:59"),
        ("срок 30 календарных дней", "срок 30 календарных дней"),
        ("обращение № 46-2026-000007", "обращение № 46-2026-000007"),
    ],
)  # fmt: skip
def test_days_of_a_reckoning_are_written_as_people_write_them(said: str, shown: str) -> None:
    assert plainly(said) == shown


@pytest.mark.parametrize(
    ("period", "shown"),
    [("2026-Q2", f"2{HYPHEN}й{THIN}квартал{THIN}2026"), ("2026", "2026"), ("2026-03", "2026-03")],
)
def test_a_quarter_has_its_number(period: str, shown: str) -> None:
    assert quarter(period) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "1 КБ"), (340_400, "340 КБ"), (1_200_000, "1,2 МБ"), (30_000_064, "30 МБ")],
)
def test_sizes(count: int, shown: str) -> None:
    assert size(count) == shown


@pytest.mark.parametrize(
    ("length", "kind", "unit", "shown"),
    [
        (30, "календарных", "CALENDAR_DAYS", "30 календарных дней"),
        (20, "минут", "MINUTES", "20 минут"),
        (0, "обещанных", "GIVEN", "назначен в деле"),
    ],
)
def test_a_term_that_the_case_is_given_has_no_length(
    length: int, kind: str, unit: str, shown: str
) -> None:
    assert lasting(length, kind, unit) == shown


def test_a_stretch_of_time_as_people_call_it() -> None:
    names = ("2026-03-09", "2026-03", "2026-Q1", "2026-W05", "2026-01-31/2026-02-01", "2026", "15")
    called = (
        "09.03.2026", "март 2026", quarter("2026-Q1"), "неделя с 26.01.2026",
        "с 31.01.2026 по 01.02.2026 включительно", "2026", "15",
    )  # fmt: skip
    assert tuple(map(stretch, names)) == called


def test_a_month_by_its_name() -> None:
    assert [month("2026-10"), month("2027-01")] == ["октябрь 2026", "январь 2027"]


def test_a_sentence_begins_great_and_keeps_its_names() -> None:
    said = [capitalize(one) for one in ("структура ЦУР города Курска", "", "№ 5")]
    assert said == ["Структура ЦУР города Курска", "", "№ 5"]


def test_a_number_is_not_broken_and_the_text_stays() -> None:
    shown = bound("абз. 2 п. 3.4 (утв. <№ 958-па>)")
    assert shown == (
        '<span class="number">абз. 2</span> <span class="number">п. 3.4</span>'
        ' (утв. &lt;<span class="number">№ 958-па</span>&gt;)'
    )
    assert bound("подп. «в» п. 9(4), дом 5, шаг. 3") == (
        '<span class="number">подп. «в»</span> <span class="number">п. 9(4)</span>, дом 5, шаг. 3'
    )


def test_a_law_and_the_number_of_an_appeal_are_not_broken() -> None:
    shown = bound("ст. 20 8-ФЗ, обращение 46-2026-000483, 2-й квартал")
    assert shown == (
        '<span class="number">ст. 20</span> <span class="number">8-ФЗ</span>, '
        'обращение <span class="number">46-2026-000483</span>, 2-й квартал'
    )


def test_after_a_colon_a_name_begins_small_unless_it_is_written_so() -> None:
    said = [within_a_sentence(one) for one in ("Дороги", "ЖКХ и ТЭК", "", "без тематики")]
    assert said == ["дороги", "ЖКХ и ТЭК", "", "без тематики"]
