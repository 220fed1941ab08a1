"""Every hook is documented, used, and answered as it is typed."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from core.kernel.settings import DEMO_REGIONS, Settings
from core.region import hooks as hookspecs
from core.region.layers import FOUNDATION, hook_answers

LAYERS = (*FOUNDATION, *(f"plugins.{code}" for code in DEMO_REGIONS))
SPECS: dict[str, Callable[..., Any]] = {
    name: function
    for name, function in vars(hookspecs).items()
    if inspect.isfunction(function) and hasattr(function, "tsur_spec")
}


def chapters() -> Iterator[ModuleType]:
    for layer in LAYERS:
        yield from importlib.import_module(layer).CHAPTERS


IMPLEMENTATIONS = [
    pytest.param(name, function, id=f"{chapter.__name__}.{name}")
    for chapter in chapters()
    for name, function in vars(chapter).items()
    if hasattr(function, "tsur_impl")
]


def test_there_are_eight_and_none_for_a_kind_of_rule() -> None:
    assert list(SPECS) == [
        "acts", "rules", "listeners", "jobs", "graphql_parts", "directories", "boards",
        "migrations",
    ]  # fmt: skip


@pytest.mark.parametrize("hook", SPECS)
def test_the_hook_is_documented(hook: str) -> None:
    doc = inspect.getdoc(SPECS[hook])
    assert doc
    assert doc.endswith(".")


@pytest.mark.parametrize("hook", SPECS)
def test_the_hook_gives_a_tuple_of_one_thing(hook: str) -> None:
    given = get_type_hints(SPECS[hook])
    assert list(given) == ["return"]
    assert get_origin(given["return"]) is tuple
    assert get_args(given["return"])[1:] == (...,)


@pytest.mark.parametrize("hook", SPECS)
def test_a_layer_answers_the_hook(hook: str) -> None:
    answers = hook_answers("kursk", Settings(regions=DEMO_REGIONS))
    assert hook in {answered for answered, *_ in answers}


@pytest.mark.parametrize(("hook", "implementation"), IMPLEMENTATIONS)
def test_the_answer_is_typed_as_the_question(hook: str, implementation: Callable[..., Any]) -> None:
    assert get_type_hints(implementation) == get_type_hints(SPECS[hook])
    assert inspect.getdoc(implementation)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_says_what_it_is_and_lists_chapters_that_answer(layer: str) -> None:
    module = importlib.import_module(layer)
    assert inspect.getdoc(module)
    silent = [
        chapter.__name__
        for chapter in module.CHAPTERS
        if not any(hasattr(value, "tsur_impl") for value in vars(chapter).values())
    ]
    assert silent == []
    assert len(set(module.CHAPTERS)) == len(module.CHAPTERS)
