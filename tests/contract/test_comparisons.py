"""How regions differ and where each lags behind federal law, as lawyers have it before them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.region.opening import rulebook_of
from core.reports.comparison import Difference, compare, render_comparison
from core.reports.conformance import Finding, Topic, conformance
from tests.contract.conftest import TODAY

COMPARISONS = Path(__file__).with_name("comparisons")
PAIRS = tuple(combinations(sorted(DEMO_REGIONS), 2))


@pytest.fixture(scope="module")
def laws() -> dict[str, Rulebook]:
    settings = Settings(regions=DEMO_REGIONS)
    return {code: rulebook_of(code, settings) for code in DEMO_REGIONS}


@pytest.mark.snapshot
@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_the_comparison_of_a_pair_is_fresh(
    laws: dict[str, Rulebook], left: str, right: str
) -> None:
    """Refresh it with `tsur law compare <left> <right> --on 2026-03-02 > <the file>`."""
    text = (COMPARISONS / f"{left}-{right}.md").read_text(encoding="utf-8")
    assert text == render_comparison(laws[left], laws[right], TODAY)


def test_every_comparison_on_file_is_of_a_pair() -> None:
    assert {path.stem for path in COMPARISONS.iterdir()} == {"-".join(pair) for pair in PAIRS}


def differences(laws: dict[str, Rulebook], left: str, right: str) -> dict[str, Difference]:
    found = compare(laws[left], laws[right], TODAY)
    return {f"{one.kind.kind_name()} {one.key}": one for one in found}


def ref(rule: Rule | None) -> str | None:
    return rule.clause.ref if rule else None


def test_a_region_does_not_differ_from_itself(laws: dict[str, Rulebook]) -> None:
    assert compare(laws["kursk"], laws["kursk"], TODAY) == ()


def test_what_only_one_has_what_both_have_otherwise_and_what_differs_in_grounds(
    laws: dict[str, Rulebook],
) -> None:
    found = differences(laws, "murmansk", "kursk")
    landscaping = found["Block landscaping"]
    assert (ref(landscaping.left), landscaping.right) == ("murmansk.513/4.2.4.themes", None)
    housing = found["Block housing"]
    assert ref(housing.right) == "kursk.958/str.4.themes"
    assert housing.alike is None
    health = found["Block health"]
    assert health.alike == (health.left, health.right)
    assert "Deadline answer" not in found


def test_a_comparison_turned_round_says_the_same(laws: dict[str, Rulebook]) -> None:
    one = differences(laws, "murmansk", "kursk")
    other = differences(laws, "kursk", "murmansk")
    assert {name: (d.left, d.right) for name, d in one.items()} == {
        name: (d.right, d.left) for name, d in other.items()
    }


def of(laws: dict[str, Rulebook], code: str, topic: Topic) -> list[Finding]:
    return [one for one in conformance(laws[code], TODAY) if one.topic is topic]


def test_the_adviser_stands_on_the_act_alone(laws: dict[str, Rulebook]) -> None:
    """R10: the position is accepted, the floor is reported as not established."""
    (finding,) = [one for one in of(laws, "kursk", Topic.FLOOR) if "Роль" in one.text]
    assert "Советник Губернатора" in finding.text
    assert [clause.ref for clause in finding.ground] == ["kursk.958/str.2"]
    assert [clause.ref for clause in finding.federal] == ["ru.1844/10.г.2"]


@pytest.mark.parametrize(
    ("code", "below"),
    [
        ("murmansk", set()),
        (
            "kursk",
            {
                ("kursk.958/str.2", "ru.1844/10.г.2"),
                ("kursk.958/str.6.city", "ru.1844/10.г.4"),
                ("kursk.958/post.4.2", "ru.1844/10.г.3"),
            },
        ),
        ("mari_el", set()),
        ("chelyabinsk", {("chelyabinsk.641/pol.10", "ru.1844/10.г.4")}),
    ],
)
def test_what_stands_below_a_floor_of_whatever_kind(
    laws: dict[str, Rulebook], code: str, below: set[tuple[str, str]]
) -> None:
    """A position, a pool beside the federal one, a wider pool, a second holder of a seat."""
    found = of(laws, code, Topic.FLOOR)
    assert {(one.ground[0].ref, one.federal[0].ref) for one in found} == below
    assert len(found) == len(below)


@pytest.mark.parametrize(
    ("code", "grounds"),
    [
        ("murmansk", ["murmansk.513/1.3.1.applicants"]),
        ("kursk", ["kursk.958/pol.1.2.applicants", "kursk.958/pol.1.2.addressees"]),
        ("mari_el", ["mari-el.335/pol.4.applicants", "mari-el.335/pol.4.addressees"]),
        ("chelyabinsk", []),
    ],
)
def test_narrower_scopes(laws: dict[str, Rulebook], code: str, grounds: list[str]) -> None:
    found = of(laws, code, Topic.SCOPE)
    assert [clause.ref for one in found for clause in one.ground] == grounds


@pytest.mark.parametrize(
    ("code", "clauses"),
    [
        ("murmansk", set()),
        ("kursk", {"kursk.958/pol.4.2.2", "kursk.958/pol.4.2.5"}),
        ("mari_el", {"mari-el.335/pol.13", "mari-el.335/pol.7.3", "mari-el.335/pol.7.7"}),
        ("chelyabinsk", {"chelyabinsk.641/pol.13.2", "chelyabinsk.641/pol.13.4"}),
    ],
)
def test_superseded_clauses_and_names(
    laws: dict[str, Rulebook], code: str, clauses: set[str]
) -> None:
    found = of(laws, code, Topic.SUPERSEDED)
    assert {clause.ref for one in found for clause in one.ground} == clauses


@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_each_finding_stands_once(laws: dict[str, Rulebook], code: str) -> None:
    """No federal clause is held against one clause of the act twice, under whatever heading."""
    found = [
        (mine.ref, clause.ref)
        for one in conformance(laws[code], TODAY)
        for mine in one.ground
        for clause in one.federal
    ]
    assert sorted(pair for pair in set(found) if found.count(pair) > 1) == []


@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_municipal_centres_are_a_novelty_and_what_no_act_can_take_up_is_none(
    laws: dict[str, Rulebook], code: str
) -> None:
    novelties = {clause.ref for one in of(laws, code, Topic.NOVELTY) for clause in one.federal}
    assert "ru.1844/9(2).а" in novelties
    never = {"ru.1844/10(1).а", "ru.1844/9.а", "ru.1844/2.best-practice", "ru.1844/8.п"}
    assert never.isdisjoint(novelties)
    assert ("ru.1844/12.в.6" in novelties) == (code != "murmansk")


def test_an_act_that_knew_the_wording_and_says_another_thing_has_not_taken_it_up(
    laws: dict[str, Rulebook],
) -> None:
    """Murmansk trains with its ministry (2.7.2), not with the competence centre (4 з)."""
    (training,) = (
        one for one in of(laws, "murmansk", Topic.NOVELTY) if one.federal[0].area == "training"
    )
    assert training.text == "15.12.2022 (до акта), обучение"
    assert [one.ref for one in training.federal] == ["ru.1844/4.з"]
    assert [one.ref for one in training.ground] == ["murmansk.513/2.7.2"]


def test_what_the_act_says_of_another_matter_is_not_said_of_the_novelty(
    laws: dict[str, Rulebook],
) -> None:
    """Chelyabinsk is silent of misinformation and of planning: openness (4, 10) is neither."""
    said = {
        clause.ref: {mine.ref for mine in one.ground}
        for one in of(laws, "chelyabinsk", Topic.NOVELTY)
        for clause in one.federal
    }
    assert (said["ru.1844/4.л"], said["ru.1844/12.в.6"]) == (set(), set())
    assert said["ru.1844/4.м"] == {"chelyabinsk.641/pol.10.3"}
    for code in DEMO_REGIONS:
        for one in of(laws, code, Topic.NOVELTY):
            assert {mine.area for mine in one.ground} <= {clause.area for clause in one.federal}


@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_acts_outside_the_register_are_named(laws: dict[str, Rulebook], code: str) -> None:
    assert len(of(laws, code, Topic.OUTSIDE)) == 3
