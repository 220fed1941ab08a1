"""Periods as they are written in an address, and as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from core.problems.period import days_of, week_before


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("2026-W47", "с 16.11.2026 по 22.11.2026 включительно"),
        ("2026-02", "с 01.02.2026 по 28.02.2026 включительно"),
        ("2026-Q1", "с 01.01.2026 по 31.03.2026 включительно"),
        ("2026", "с 01.01.2026 по 31.12.2026 включительно"),
        ("2026-03-02/2026-03-08", "с 02.03.2026 по 08.03.2026 включительно"),
    ],
)
def test_a_period_in_words(word: str, days: str) -> None:
    assert days_of(word) == days


@pytest.mark.parametrize(
    ("today", "week"), [(date(2026, 11, 29), "2026-W47"), (date(2026, 1, 1), "2025-W52")]
)
def test_the_week_that_has_passed(today: date, week: str) -> None:
    assert week_before(today) == week
