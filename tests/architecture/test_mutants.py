"""The mutants by hand still fit the code, and whoever must die of them is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.by_hand import PATCHES, Named, applies, table
from tests.mutants.places import LEFT_OUT, asked, files
from tests.places import ROOT

TABLE = table()


def test_each_patch_is_in_the_table_once() -> None:
    assert sorted(path.stem for path in PATCHES.iterdir()) == sorted(one.name for one in TABLE)


@pytest.mark.parametrize("named", TABLE, ids=lambda one: one.name)
def test_it_fits_the_tree_and_names_its_tests(named: Named) -> None:
    assert applies(named, ROOT)
    assert [name for name in named.dies if not (ROOT / name).is_file()] == []
    assert named.undoes
    assert named.dies


def test_a_patch_that_does_not_fit_is_found(tmp_path: Path) -> None:
    assert not applies(TABLE[0], tmp_path)


def test_whoever_is_asked_is_there() -> None:
    """So that a renamed test file is not asked in vain."""
    judges = {name for path in files() for name in asked(path)}
    assert [name for name in (*judges, *LEFT_OUT) if not (ROOT / name).exists()] == []
