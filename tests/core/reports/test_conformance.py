"""The report on a region of two acts: both in the title, both searched, each named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.kernel.rules.passport import Passport
from core.law.act import Act, Clause
from core.law.merge import Layer
from core.law.rulebook import Rulebook, compile_rulebook
from core.reports.conformance import Topic, conformance, render_conformance
from tests.core.law.samples import act, clause

TODAY = date(2026, 3, 2)


def dated(name: str, day: date, *, related: dict[str, str]) -> Act:
    """An act whose clauses are related to federal ones."""
    clauses: dict[str, Clause] = {
        number: replace(clause(f"{name}/{number}"), related=(ref,))
        for number, ref in related.items()
    }
    return replace(act(name), title=f"Об {name}", date=day, clauses=clauses)


@pytest.fixture
def law() -> Rulebook:
    """The federal act got clause 1 in 2022, 2 in 2024, 3 in 2025; clause 4 supersedes two."""
    turns = {"1": date(2022, 1, 1), "2": date(2024, 1, 1), "3": date(2025, 1, 1)}
    clauses = {n: replace(clause(f"rf/{n}"), introduced=day) for n, day in turns.items()}
    clauses["4"] = replace(clause("rf/4"), supersedes=("one/1", "two/2", "other/1"))
    federal = replace(act("rf"), clauses=clauses)
    one = dated("one", date(2020, 6, 1), related={"1": "rf/1"})
    two = dated("two", date(2024, 6, 1), related={"2": "rf/2", "3": "rf/3"})
    card = Passport("region", "Край", "Центр", "Ц", "99", "Asia/Omsk", "КС", clause=one.cite("1"))
    return compile_rulebook(
        [Layer("federal", (), (federal,)), Layer("region", (card,), (one, two))]
    )


def test_the_region_s_acts_are_those_of_its_layer(law: Rulebook) -> None:
    assert [one.id for one in law.own.acts] == ["one", "two"]
    assert [one.id for one in law.federal.acts] == ["rf"]


def test_both_acts_are_in_the_title(law: Rulebook) -> None:
    title = render_conformance(law, TODAY).splitlines()[2]
    assert title == (
        "Для центра компетенций. Акты региона: принят «Об one»; принят «Об two». На 02.03.2026."
    )


def test_clauses_of_both_are_superseded(law: Rulebook) -> None:
    (found,) = [one for one in conformance(law, TODAY) if one.topic is Topic.SUPERSEDED]
    assert [one.ref for one in found.ground] == ["one/1", "two/2"]
    text = render_conformance(law, TODAY)
    assert "Основание: one, 1 `one/1`; two, 2 `two/2`." in text


def test_what_one_act_took_up_is_no_novelty_and_each_older_act_is_named(law: Rulebook) -> None:
    """Clause 1 is later than the first act, unknown to the second; 2 the second has; 3 is new."""
    found = [one for one in conformance(law, TODAY) if one.topic is Topic.NOVELTY]
    assert [
        (one.text, [c.ref for c in one.federal], [c.ref for c in one.ground]) for one in found
    ] == [
        ("01.01.2022 (позже: one), сроки", ["rf/1"], ["one/1"]),
        ("01.01.2025 (позже: one, two), сроки", ["rf/3"], ["two/3"]),
    ]
