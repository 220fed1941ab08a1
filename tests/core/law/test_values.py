"""A value is what its annotation says, or the field is named with both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import pytest

from core.law.reference import To
from core.law.values import SHOWN, misfits, shown


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Part:
    number: int


@dataclass(frozen=True)
class Thing:
    text: str = "x"
    day: date | None = None
    truth: bool = True
    number: int = 1
    share: float = 1
    colours: frozenset[Colour] = frozenset()
    keys: Annotated[frozenset[str], To("Thing")] = frozenset()
    parts: tuple[Part, ...] = ()
    pair: tuple[str, int] = ("x", 1)
    when: Callable[[str], bool] | None = None


DAY = date(2026, 3, 2)


def test_what_fits() -> None:
    thing = Thing(
        Colour.RED, DAY, False, 0, 0.5, frozenset({Colour.RED}), frozenset({"k"}), (Part(1),),
        ("y", 2), str.isalpha,
    )  # fmt: skip
    assert list(misfits(thing)) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", None, "нужно str, дано None (NoneType)"),
        ("day", datetime(2026, 3, 2, tzinfo=UTC), "нужно date | None, дано datetime.datetime("),
        ("day", "2026-03-02", "нужно date | None, дано '2026-03-02' (str)"),
        ("truth", 1, "нужно bool, дано 1 (int)"),
        ("number", True, "нужно int, дано True (bool)"),
        ("number", 1.0, "нужно int, дано 1.0 (float)"),
        ("share", "1", "нужно float, дано '1' (str)"),
        ("colours", frozenset({"red"}), "нужно frozenset[Colour], дано frozenset({'red'})"),
        ("colours", {Colour.RED}, "нужно frozenset[Colour], дано {<Colour.RED: 'red'>} (set)"),
        ("keys", "key", "нужно frozenset[str], дано 'key' (str)"),
        ("keys", frozenset({1}), "нужно frozenset[str], дано frozenset({1}) (frozenset)"),
        ("parts", [Part(1)], "нужно tuple[Part, ...], дано [Part(number=1)] (list)"),
        ("parts", (Part("1"),), "нужно tuple[Part, ...], дано (Part(number='1'),) (tuple)"),  # type: ignore[arg-type]
        ("pair", ("x",), "нужно tuple[str, int], дано ('x',) (tuple)"),
        ("pair", ("x", "y"), "нужно tuple[str, int], дано ('x', 'y') (tuple)"),
        ("when", "always", "нужно функция | None, дано 'always' (str)"),
    ],
)
def test_what_does_not(field: str, value: object, said: str) -> None:
    (line,) = misfits(Thing(**{field: value}))  # type: ignore[arg-type]
    assert line.startswith(f"поле {field}: {said}")


def test_a_long_value_is_cut_to_a_line() -> None:
    (line,) = misfits(Thing(keys="слово\n" * 99))  # type: ignore[arg-type]
    assert len(line) < 130
    assert "\n" not in line


@pytest.mark.parametrize(("length", "cut"), [(SHOWN - 2, False), (SHOWN - 1, True)])
def test_a_value_is_shown_up_to_a_length(length: int, cut: bool) -> None:
    """Its quotation marks count."""
    written = repr("x" * length)
    assert shown("x" * length) == f"{written[:SHOWN] + '…' if cut else written} (str)"
