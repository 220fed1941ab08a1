"""Names by which acts know use cases, and the lines of each region's law, whatever their order."""

from __future__ import annotations

import difflib

import pytest

from core.kernel.serves import FIELDS, services
from core.kernel.settings import DEMO_REGIONS
from tests.nets.law import as_text, read_kept, sections
from tests.nets.places import DATA

PACKAGES = ("core", "municipal", *(f"plugins.{code}" for code in DEMO_REGIONS), FIELDS)


def test_no_service_has_lost_or_changed_its_name() -> None:
    """A region's act names them in words: a move that renames one stops every start."""
    known = (DATA / "services.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(services(PACKAGES)) == known


@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_the_law_has_the_same_lines_in_whatever_order(code: str) -> None:
    """`python -m tests.nets.law` keeps those of today, where a change of them is meant."""
    then, now = read_kept(code).splitlines(), as_text(sections(code)).splitlines()
    assert list(difflib.unified_diff(then, now, "then", "now", n=0, lineterm="")) == []


def test_the_order_of_lines_and_sections_is_none_of_the_net_s_business() -> None:
    ordered = {"## Б": ["2", "3"], "## А": ["1"]}
    assert as_text(ordered) == as_text(dict(reversed(ordered.items())))
    assert as_text(ordered) != as_text({"## Б": ["2"], "## А": ["1", "3"]})
    assert as_text(ordered) != as_text({"## Б": ["2", "3", "3"], "## А": ["1"]})
