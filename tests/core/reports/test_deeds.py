"""What an act says that the system does is said in words."""

from __future__ import annotations

import pytest

from core.law.act import Act
from core.reports.deeds import DEEDS, deeds
from tests.core.reports.test_pages import LATIN, OWN
from tests.places import ROOT

ACTS = [act for act in OWN if any(clause.served_by for clause in act.clauses.values())]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.id)
def test_every_deed_that_an_act_names_has_words(act: Act) -> None:
    """A new one is a new line of `core.reports.deeds`."""
    named = {name for clause in act.clauses.values() for name in clause.served_by}
    assert named - DEEDS.keys() == set()


def test_deeds_are_read_in_russian() -> None:
    assert deeds(["intake.take_in", "escalation.run_sweep"]) == (
        "контроль сроков и предупреждение о них;"
        " приём обращения с определением темы, места и органа"
    )
    assert [words for words in DEEDS.values() if LATIN.search(words)] == []


def test_no_name_of_a_function_stands_beside_a_clause() -> None:
    for page in (ROOT / "plugins").glob("*/ACT.md"):
        text = page.read_text(encoding="utf-8")
        assert [name for name in DEEDS if f"`{name}`" in text] == [], page
