"""Words that go with a number or a noun."""

from __future__ import annotations

import pytest

from core.law.russian import agreed, volume


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 байт"),
        (1, "1 байт"),
        (22, "22 байта"),
        (1_500, "1500 байт"),
        (5_000, "5 КБ"),
        (1_500_000, "1500 КБ"),
        (50_000_000, "50 МБ"),
    ],
)
def test_so_many_bytes(count: int, said: str) -> None:
    assert volume(count) == said


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("комитет по связям", "создан"),
        ("служба надзора", "создана"),
        ("комиссия при главе", "создана"),
        ("часть", "создана"),
        ("ведомство", "создано"),
        ("управление делами", "создано"),
    ],
)
def test_a_form_agrees_with_the_first_word_of_a_noun(noun: str, said: str) -> None:
    assert agreed(noun, "создан", "создана", "создано") == said
