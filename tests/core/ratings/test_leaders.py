"""Whether a leader leads by the weights alone: the same answer at every run, words for it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.ratings.leaders import RUNS, lead_share
from core.ratings.words import moves, standing

WEIGHTS = [1, 1]


def row(*scores: int) -> list[Fraction]:
    return [Fraction(score) for score in scores]


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ([row(90, 80), row(80, 70), row(10, 80)], Fraction(1)),
        ([row(50, 50)], Fraction(1)),
        ([row(100, 0), row(0, 90)], Fraction(676, RUNS)),
        ([row(60, 60), row(100, 20), row(20, 100)], Fraction(0)),
    ],
)
def test_in_which_part_of_the_runs_the_first_is_surpassed_by_nobody(
    rows: list[list[Fraction]], share: Fraction
) -> None:
    found = lead_share(rows, WEIGHTS, "edition/2026-Q1")
    assert found == share
    assert lead_share(rows, WEIGHTS, "edition/2026-Q1") == found


def test_another_period_is_another_chance_and_weights_count() -> None:
    rows = [row(100, 0), row(0, 90)]
    first, second = (lead_share(rows, WEIGHTS, f"edition/{q}") for q in ("2026-Q1", "2026-Q2"))
    assert first != second
    assert abs(first - Fraction(11, 16)) < Fraction(1, 20)  # what the area of the weights is
    assert lead_share(rows, [3, 1], "edition/2026-Q1") == 1


def told(surely: bool, *places: tuple[int, int] | None) -> dict[str, object]:
    entries = [
        {"subject": f"b{n}", "theme": None, "name": f"Орган {n}", "mark": "value",
         "places": list(one) if one else None, "band": None if one else "expected"}
        for n, one in enumerate(places)
    ]  # fmt: skip
    few = {"subject": "few", "theme": None, "name": "Малый", "mark": "too_few"}
    return {"entries": [*entries, few], "lead": {"surely": surely}}


def test_words_of_standings() -> None:
    def said(table: dict[str, object]) -> list[str]:
        entries = table["entries"]
        assert isinstance(entries, list)
        return [standing(table, one) for one in entries]

    assert said(told(True, (1, 1), (2, 3))) == ["место 1", "места 2–3", "мало обращений"]
    assert said(told(False, (1, 1), (2, 3)))[:2] == ["среди первых", "места 2–3"]
    assert said(told(False, None, None))[:2] == ["как ожидалось", "как ожидалось"]


def test_whose_standing_moved() -> None:
    found = moves(told(True, (1, 1), (2, 2)), told(True, (1, 2), (2, 2), (3, 3)))
    assert [(one["subject"], one["before"], one["after"]) for one in found] == [
        ("b0", "место 1", "места 1–2"),
        ("b2", None, "место 3"),
    ]
