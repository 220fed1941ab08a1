"""A retired name works, warns and says what to use; a name that never was is none."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from core.law.retired import Retired, keep
from core.law.rule import Rule

NAME = "retiring_for_a_test"
OLD = Retired("Norm", "core.law.rule.Rule", drops="9.0")
WORDS = "retiring_for_a_test.Norm goes with release 9.0: use core.law.rule.Rule"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    made = ModuleType(NAME)
    made.__dict__["stays"] = 1
    monkeypatch.setitem(sys.modules, NAME, made)
    keep(NAME, (OLD,))
    return made


def test_an_import_of_it_gets_the_new_one_and_is_told_at_its_own_line(module: ModuleType) -> None:
    space: dict[str, object] = {}
    with pytest.warns(DeprecationWarning, match=r"Norm goes") as told:
        exec(f"from {NAME} import Norm", space)
    assert space["Norm"] is Rule
    assert {str(one.message) for one in told} == {WORDS}


def test_it_is_told_each_time_and_where_it_is_asked(module: ModuleType) -> None:
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match=r"Norm goes") as told:
            assert module.Norm is Rule
        assert [(str(one.message), Path(one.filename)) for one in told] == [(WORDS, Path(__file__))]


def test_what_stays_is_not_warned_of(module: ModuleType) -> None:
    assert module.stays == 1


def test_what_never_was_is_not_there(module: ModuleType) -> None:
    with pytest.raises(AttributeError, match=f"module '{NAME}' has no attribute 'Other'"):
        _ = module.Other
