from __future__ import annotations

import pytest

from bench.ratios import median_of, median_ratio, ratios_to, rotated, rounded

ROUNDS = [
    {"us": 80.0, "limit": 100.0, "naive": 4.0},
    {"us": 45.0, "limit": 50.0, "naive": 3.0},
    {"us": 10.0, "limit": 40.0, "naive": 1.0},
]


def test_a_ratio_is_taken_within_its_round_before_the_median() -> None:
    assert median_ratio(ROUNDS, "us", "limit") == 0.8
    assert median_of(ROUNDS, "us") / median_of(ROUNDS, "limit") == 0.9


def test_an_even_number_of_rounds_gives_the_mean_of_the_two_in_the_middle() -> None:
    assert median_ratio(ROUNDS[:2], "us", "naive") == 17.5


def test_whoever_was_left_out_has_no_ratio() -> None:
    assert median_ratio(ROUNDS, "us", "postgraphile") is None
    assert median_ratio([{"us": 1.0, "limit": 0.0}], "us", "limit") is None
    assert ratios_to([{"us": 1.0}], "us") == {}


def test_our_figure_is_compared_with_everybody_elses() -> None:
    assert ratios_to(ROUNDS, "us") == {"limit": 0.8, "naive": 15.0}


def test_everybody_is_first_in_turn() -> None:
    assert list(rotated(["a", "b", "c"], 4)) == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ]


@pytest.mark.parametrize(
    ("value", "expected"), [(0.123456, 0.123), (27.96, 28.0), (1234.5, 1230.0), (0.0, 0.0)]
)
def test_no_more_digits_than_the_machine_can_promise(value: float, expected: float) -> None:
    assert rounded(value) == expected
