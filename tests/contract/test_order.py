"""A lawyer lays a chapter beside the act and reads both downwards: no chapter steps back."""

from __future__ import annotations

import pytest

from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.sequence import Chapter, steps_back, unfounded
from core.region.layers import layers_of
from core.region.sequence import chapters_of
from tests.core.law.samples import Term, act, clause

SETTINGS = Settings(regions=DEMO_REGIONS)
LAYERS = [(code, layer.name) for code in DEMO_REGIONS for layer in layers_of(code, SETTINGS)]


def term(ref: str) -> Term:
    return Term(ref, clause=clause(ref), days=1)


@pytest.mark.parametrize(("code", "layer"), LAYERS)
def test_chapters_follow_the_acts_of_their_layer(code: str, layer: str) -> None:
    """The municipal layer brings no act: its rules are of the federal Rules."""
    layers = {one.name: one for one in layers_of(code, SETTINGS)}
    chapters = chapters_of(layers[layer])
    acts = layers[layer].answers("acts") or layers["federal"].answers("acts")
    assert [str(step) for act in acts for step in steps_back(chapters, act)] == []
    assert unfounded(chapters) == ()
    assert sum(len(chapter.rules) for chapter in chapters) > 0


def test_a_step_back_is_named_once_and_what_follows_is_judged_by_the_furthest() -> None:
    first = Chapter("one", (term("a/1"), term("a/4"), term("b/9")))
    second = Chapter("two", (term("a/3"), term("a/4"), term("b/1"), term("a/5")))
    found = steps_back((first, second), act("a"))
    assert [(step.chapter, step.rule.key, step.after.ref) for step in found] == [
        ("two", "a/3", "a/4")
    ]
    assert str(found[0]) == "two: правило «a/3» по норме a/3 (a, 3) стоит после нормы a/4 (4)"
    assert len(steps_back((second, first), act("a"))) == 2


def test_a_reason_excuses_its_clause_in_its_chapter_alone_and_must_have_a_rule() -> None:
    rules = (term("a/4"), term("a/3"))
    excused = Chapter("one", rules, {"3": "the act refers forward"})
    assert steps_back((excused,), act("a")) == ()
    assert len(steps_back((excused, Chapter("two", rules)), act("a"))) == 1
    assert unfounded((excused,)) == ()
    assert unfounded((Chapter("two", rules, {"7": "left over"}),)) == ("two: 7",)
