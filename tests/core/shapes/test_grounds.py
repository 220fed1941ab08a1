"""The one check of a ground, word for word: none, a wrong kind, number or day, and what passes."""

from __future__ import annotations

from datetime import date

import pytest

from core.kernel.codes import ActKind, RefusalCode
from core.kernel.errors import Refusal
from core.shapes.chains.rules import Ground, check_ground
from tests.core.law.samples import clause

CITED = clause("a/1")
TODAY = date(2026, 3, 2)
ORDERS = frozenset({ActKind.ORDER})
NEEDED = "Нужно основание: приказ с номером и датой"
NUMBERLESS = RefusalCode.GROUND_REQUIRED, NEEDED
EARLY = RefusalCode.DATE_OUT_OF_RANGE, "Дата акта ещё не наступила"
ANCIENT = (
    RefusalCode.DATE_OUT_OF_RANGE,
    ("Дата акта указана неверно: акт не может быть таким давним"),
)


def order(number: str = "12-п", on: date = TODAY, kind: ActKind = ActKind.ORDER) -> Ground:
    return Ground(kind, number, on)


REFUSED: dict[str, tuple[Ground | None, tuple[RefusalCode, str]]] = {
    "none": (None, NUMBERLESS),
    "no number": (order("  "), NUMBERLESS),
    "a number of 61 letters": (order("1" * 61), NUMBERLESS),
    "a number with a control": (order("1\x07"), NUMBERLESS),
    "another kind": (
        order(kind=ActKind.LETTER),
        (RefusalCode.GROUND_REQUIRED, "Основание — письмо, а нужно: приказ"),
    ),
    "tomorrow": (order(on=date(2026, 3, 3)), EARLY),
    "before 1900": (order(on=date(1899, 12, 31)), ANCIENT),
}


@pytest.mark.parametrize(("ground", "said"), REFUSED.values(), ids=REFUSED)
def test_what_a_ground_is_refused_for(ground: Ground | None, said: tuple[RefusalCode, str]) -> None:
    with pytest.raises(Refusal) as refused:
        check_ground(ground, ORDERS, TODAY, CITED)
    assert (refused.value.code, refused.value.text, refused.value.clause) == (*said, CITED)


@pytest.mark.parametrize(
    "ground",
    [order("1" * 60), order(" 12-п "), order(on=date(1900, 1, 1))],
    ids=["sixty letters", "spaces around", "the earliest day"],
)
def test_what_passes(ground: Ground) -> None:
    check_ground(ground, ORDERS, TODAY, CITED)


def test_nothing_is_asked_where_no_ground_is_required_and_what_is_given_is_checked() -> None:
    check_ground(None, frozenset(), TODAY, CITED, required=False)
    with pytest.raises(Refusal) as refused:
        check_ground(order(on=date(2026, 3, 3)), frozenset(), TODAY, CITED, required=False)
    assert (refused.value.code, refused.value.text) == EARLY


def test_the_caller_may_say_what_is_missing_in_its_own_words() -> None:
    with pytest.raises(Refusal) as refused:
        check_ground(None, ORDERS, TODAY, CITED, absent=RefusalCode.INVALID, missing="Назовите акт")
    assert (refused.value.code, refused.value.text) == (RefusalCode.INVALID, "Назовите акт")
