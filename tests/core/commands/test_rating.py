"""`tsur rating`: refusals in one line with code and clause."""

from __future__ import annotations

import pytest

from tests.core.commands.conftest import Run

REGION = "tests.grounds.polygon"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("federal", "2026"), "Квартал «2026» пишется как 2026-Q1 (INVALID)"),
        (("beauty", "2024-Q1"), "Методики «beauty» нет. Есть: federal, municipal (NOT_PROVIDED)"),
        (
            ("federal", "2024-Q1"),
            "Объектов, у которых не меньше 93 обращений: 0"
            " — подп. «б» п. 10 Правил № 1844 (WRONG_STATE)",
        ),
    ],
)
def test_refusals_are_one_line(tsur: Run, words: tuple[str, str], said: str) -> None:
    method, period = words
    found = tsur("rating", REGION, "--method", method, "--period", period, "--json")
    assert found == (1, "", f"{said}\n")


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (
            "time",
            "«time» пишется как time=2: критерий или days, volume, followed и целое число"
            " (INVALID)",
        ),
        (
            "time=2",
            "Объектов, у которых не меньше 93 обращений: 0"
            " — подп. «б» п. 10 Правил № 1844 (WRONG_STATE)",
        ),
    ],
)
def test_a_draft_is_tried(tsur: Run, draft: str, said: str) -> None:
    place = ("--method", "federal", "--period", "2024-Q1", "--period", "2023-Q4")
    assert tsur("rating", REGION, *place, "--draft", draft) == (1, "", f"{said}\n")
