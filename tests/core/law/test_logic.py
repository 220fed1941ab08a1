"""What a condition does is read without its names: renaming is nothing new, turning it round is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import pytest

from core.law.canonical import plain, written
from core.law.predicate import Predicate
from tests.core.law import conditions

Condition = Callable[[int], bool]
PINNED = (
    '["predicate","c",1,[["arguments",["args",[["own",0]]]],[["Return",["value",["BoolOp",'
    '["op",["And"]],["values",[["Compare",["left",["own",0]],["ops",[["Gt"]]],["comparators",'
    '[["Constant",["value",["int","0"]]]]]],["Call",["func",["again",0]],["args",[["BinOp",'
    '["left",["own",0]],["op",["Sub"]],["right",["Constant",["value",["int","1"]]]]]]]]]]]]]]]]'
)
"""Of `again`, as every version of Python must tell it."""


def told(judge: Condition, code: str = "c", version: int = 1) -> str:
    return written(plain(Predicate(code, version, judge)))


def test_other_names_of_everything_say_the_same() -> None:
    assert told(conditions.renamed) == told(conditions.plain)


@pytest.mark.parametrize(
    "other",
    [
        conditions.turned,
        conditions.other_constant,
        conditions.other_helper,
        conditions.other_library,
        conditions.other_name_used,
    ],
)
def test_another_logic_says_another_thing(other: Condition) -> None:
    assert told(other) != told(conditions.plain)


def test_a_value_counts_whose_own_function_is_called() -> None:
    assert told(conditions.listed) != told(conditions.listed_elsewhere)


@pytest.mark.parametrize(("code", "version"), [("d", 1), ("c", 2)])
def test_the_code_and_the_version_count(code: str, version: int) -> None:
    assert told(conditions.plain, code, version) != told(conditions.plain)


def test_every_python_tells_it_in_these_words() -> None:
    assert told(conditions.again) == PINNED


def test_functions_that_call_each_other_come_to_an_end() -> None:
    assert '["again",0]' in told(conditions.there)


def within(most: int) -> Condition:
    def judge(facts: int) -> bool:
        return facts < most

    return judge


def test_what_a_function_was_made_with_counts() -> None:
    assert told(within(3)) == told(within(3))
    assert told(within(3)) != told(within(4))


class Judge:
    def __call__(self, facts: int) -> bool:
        return True


@pytest.mark.parametrize(
    "judge",
    [lambda facts: True, partial(conditions.plain, 1), Judge(), cache(conditions.plain), len],
    ids=["lambda", "partial", "object", "wrapped", "builtin"],
)
def test_what_has_no_source_of_its_own_is_refused(judge: Condition) -> None:
    with pytest.raises(ValueError, match="'c': нужна именованная функция"):
        Predicate("c", 1, judge)


@pytest.mark.parametrize(("code", "version"), [("", 1), ("c", 0)])
def test_a_condition_without_a_code_or_a_version_is_refused(code: str, version: int) -> None:
    with pytest.raises(ValueError, match="нужны код и версия"):
        Predicate(code, version, conditions.plain)


def test_a_value_that_cannot_be_told_is_refused() -> None:
    with pytest.raises(TypeError, match="object не входит в редакцию"):
        told(conditions.unsayable)


@pytest.mark.parametrize(
    ("judge", "why"),
    [
        (conditions.lost, "Условие 'lost': неизвестно 'NOWHERE'"),
        (conditions.foreign, "Условие 'foreign' называет 'Grade': нужны значение, своя функция"),
    ],
)
def test_a_name_that_cannot_be_told_is_refused(judge: Condition, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}"):
        told(judge)


def test_a_function_without_its_text_is_refused() -> None:
    made: dict[str, Condition] = {}
    exec("def judge(facts): return True", made)
    with pytest.raises(ValueError, match="нет его текста"):
        told(made["judge"])
