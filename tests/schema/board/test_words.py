"""How pages write periods, moments of a reckoning and sizes of files."""

from __future__ import annotations

import pytest

from schema.board.words import THIN, plainly, quarter, size


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
    [("2026-Q2", f"2-й квартал{THIN}2026"), ("2026", "2026"), ("2026-03", "2026-03")],
)
def test_a_quarter_has_its_number(period: str, shown: str) -> None:
    assert quarter(period) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "1 КБ"), (340_400, "340 КБ"), (1_200_000, "1,2 МБ"), (30_000_064, "30 МБ")],
)
def test_sizes(count: int, shown: str) -> None:
    assert size(count) == shown
