"""What a form's own fields hold, whatever somebody puts in their place."""

from __future__ import annotations

import pytest

from schema.board.forms.posted import number_in


@pytest.mark.parametrize(
    ("said", "number"), [("7", 7), ("007", 7), ("", 0), ("-7", 0), ("²", 0), ("٧", 0), ("7a", 0)]
)
def test_a_number_is_of_plain_digits(said: str, number: int) -> None:
    assert number_in({"version": said}, "version") == number
    assert number_in({}, "version") == 0
