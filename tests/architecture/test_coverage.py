"""Every clause of the finished areas is served and proved; losing any part of that fails here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.appeals.rules.intake import ApplicantScope
from core.appeals.satisfaction import service
from core.kernel.serves import FIELDS, MARK, citations, services
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.law.traceability import Covered, Kind, Server, cover, missing, tally
from core.region.layers import packages_of
from core.region.opening import rulebook_of
from core.reports.account import as_data, as_text
from core.reports.coverage import (
    RECORD,
    ROOT,
    Account,
    Tests,
    collect_marks,
    coverage,
    written,
)
from tests.conftest import MARKS

FINISHED = (
    "appeals-intake",
    "definitions",
    "heat-map-and-problems",
    "indicators",
    "material-requests",
    "personnel",
    "ratings",
    "reporting",
    "roadmaps",
    "routing",
    "satisfaction",
    "sector-blocks",
    "situation-centre",
    "sla",
)
"""Areas in which nothing is left to build: every clause is served, none only said.

`directions` and `structure-and-roles` were here while a sentence counted for a service. What they
lack: work in the directions themselves (they are names, known to appointments alone), the current
control that Chelyabinsk's curator keeps (pol.6.5), the tasks of Murmansk's ministry (2.7).
"""

SETTINGS = Settings(regions=DEMO_REGIONS)
CLAUSES = 644
GROUNDS = "tests.grounds.polygon"


@pytest.fixture(scope="module")
def marks(request: pytest.FixtureRequest) -> Tests:
    """What the tests of the repository are marked with, as pytest itself collects them.

    Where it has just collected all of them, they are not collected again.
    """
    return request.session.stash.get(MARKS, None) or collect_marks(ROOT)


@pytest.fixture(scope="module")
def account(marks: Tests) -> Account:
    return coverage(SETTINGS, DEMO_REGIONS, marks)


def entry(account: Account, ref: str) -> Covered:
    return next(one for one in account.clauses if one.clause.ref == ref)


def test_all_clauses_of_the_register_are_accounted_for(account: Account) -> None:
    assert len(account.registered) == CLAUSES
    assert len({one.clause.ref for one in account.registered}) == CLAUSES
    assert {one.clause.act for one in account.clauses} - {
        one.clause.act for one in account.registered
    } == {"fz59", "fz152", "tsur.practice"}


def test_nothing_is_missing_in_the_finished_areas(account: Account) -> None:
    assert missing(account.registered, FINISHED) == []


def test_every_mark_names_a_clause_that_there_is(account: Account, marks: Tests) -> None:
    grounds = rulebook_of(GROUNDS, Settings(regions=(GROUNDS,))).acts.values()
    known = {clause.ref for act in (*account.acts, *grounds) for clause in act.clauses.values()}
    assert set(marks) - known == set()


@pytest.mark.snapshot
def test_the_marks_on_record_are_fresh(marks: Tests) -> None:
    """Refresh them with `tsur law marks > core/reports/tested.json`."""
    assert RECORD.read_text(encoding="utf-8") == written(marks)


def test_a_lost_mark_is_missed(marks: Tests) -> None:
    lost = {ref: tests for ref, tests in marks.items() if ref != "ru.1844/4.а.4"}
    clauses = coverage(SETTINGS, DEMO_REGIONS, lost).registered
    assert missing(clauses, FINISHED) == ["ru.1844/4.а.4: нет проверки"]


def test_a_lost_rule_is_missed(marks: Tests) -> None:
    law, ref = rulebook_of("kursk", SETTINGS), "kursk.958/pol.1.2.applicants"
    assert any(type(r) is ApplicantScope and r.clause.ref == ref for r in law.own.rules)
    kept = {
        name: replace(layer, rules=without(layer.rules, ref)) for name, layer in law.layers.items()
    }
    assert missing(covered("kursk", replace(law, layers=kept), marks), FINISHED) == [
        f"{ref}: никто не исполняет"
    ]


def test_a_sentence_serves_data_alone(account: Account) -> None:
    centre, head = entry(account, "kursk.958/pol.4.2"), entry(account, "mari-el.335/pol.15")
    assert centre.served_by == (Server(Kind.SENTENCE, "Foundation directions"),)
    assert head.served_by == (Server(Kind.SENTENCE, "Mandate head/pol.15"),)
    assert (centre.clause.software, centre.said, centre.served) == ("rule", True, False)
    assert (head.clause.software, head.said, head.served) == ("data", True, True)
    assert missing([centre, head], [centre.clause.area, head.clause.area]) == [
        "kursk.958/pol.4.2: только сказано"
    ]


def test_a_body_that_is_only_named_does_no_workflow(account: Account) -> None:
    """Clause 7 orders how citizens are informed; that it names the committee is no doing."""
    press = entry(account, "kursk.958/post.7.2")
    assert {server.kind for server in press.served_by} == {Kind.SENTENCE}
    assert (press.clause.software, press.said, press.served) == ("workflow", True, False)


def test_what_is_said_and_what_is_served_are_counted_apart(account: Account) -> None:
    """The figures only grow: what is built joins, what is said alone is worked off."""
    ordering = [one for one in account.registered if one.clause.software != "none"]
    assert [(one.name, one.total, one.said, one.served) for one in tally(ordering, "act")] == [
        ("chelyabinsk.641", 86, 65, 61),
        ("kursk.958", 129, 106, 104),
        ("mari-el.335", 68, 58, 57),
        ("murmansk.513", 101, 75, 72),
        ("ru.1844", 186, 88, 86),
    ]
    text = as_text(account.acts, account.clauses)
    assert "Норм: 149, для системы: 129.\nСказано: 106, исполняется: 104." in text
    assert '- 2, "портал" `ru.1844/2.portal`, документы и согласование (только сказано)' not in text


def test_a_use_case_that_an_act_no_longer_names_is_missed(marks: Tests) -> None:
    law = rulebook_of("kursk", SETTINGS)
    act = law.acts["kursk.958"]
    unnamed = {**act.clauses, "pol.1.3.1": replace(act.cite("pol.1.3.1"), served_by=())}
    acts = {**law.acts, act.id: replace(act, clauses=unnamed)}
    assert missing(covered("kursk", replace(law, acts=acts), marks), FINISHED) == [
        "kursk.958/pol.1.3.1: никто не исполняет"
    ]


def test_a_lost_declaration_of_a_use_case_is_missed(
    marks: Tests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The federal clause of satisfaction is declared by two use cases and by nothing else."""
    law = rulebook_of("kursk", SETTINGS)
    assert missing(covered("kursk", law, marks), FINISHED) == []
    for name in ("answer_survey", "issue_survey"):
        monkeypatch.delattr(getattr(service, name), MARK)
    assert missing(covered("kursk", law, marks), FINISHED) == ["ru.1844/4.а.4: никто не исполняет"]


def without(rules: tuple[Rule, ...], ref: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.clause.ref != ref)


def covered(code: str, law: Rulebook, marks: Tests) -> list[Covered]:
    """The clauses of the region's registered acts under this law."""
    acts = [act for act in law.acts.values() if act.registered]
    return list(cover(acts, citations([law], packages_of(code, SETTINGS)), marks))


def test_what_serves_is_named_with_its_kind(account: Account) -> None:
    deadline = entry(account, "ru.1844/2.accelerated-resolution.deadline")
    assert Server(Kind.RULE, "Deadline accelerated") in deadline.served_by
    satisfaction = entry(account, "murmansk.513/2.1.4")
    assert satisfaction.served_by == (
        Server(Kind.USE_CASE, "satisfaction.answer_survey"),
        Server(Kind.USE_CASE, "satisfaction.issue_survey"),
    )
    analysis = entry(account, "ru.1844/4.а.1")
    assert Server(Kind.FIELD, "Query.appealCounts") in analysis.served_by


def test_an_area_that_is_not_built_is_said_to_be_so(account: Account) -> None:
    one = entry(account, "ru.1844/2.moderation-centre.1")
    assert (one.served, one.served_by) == (False, ())
    assert one.due


def test_the_json_has_one_entry_a_clause(account: Account) -> None:
    data = as_data(account.registered)
    assert list(data) == ["clauses"]
    assert len(data["clauses"]) == CLAUSES
    one = next(item for item in data["clauses"] if item["id"] == "kursk.958/post.5")
    shown = ("software", "area", "said", "served", "servedBy", "tested")
    assert {key: one[key] for key in shown} == {
        "software": "data",
        "area": "routing",
        "said": True,
        "served": True,
        "servedBy": [{"kind": "rule", "name": "SupplyDuty executive-bodies"}],
        "tested": True,
    }


def test_the_account_in_russian_keeps_acts_outside_the_register_apart(account: Account) -> None:
    text = as_text(account.acts, account.clauses)
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert [line.endswith("(вне реестра, в общий счёт не входит)") for line in headings] == [
        False, False, False, False, False, True, True, True,
    ]  # fmt: skip
    assert "`ru.1844/2.moderation-centre.1`, центры модерации" in text


def test_a_field_that_serves_is_in_the_schema() -> None:
    sdl = (ROOT / "schema" / "sdl" / "schema.graphql").read_text(encoding="utf-8")
    fields = [name for name, one in services([FIELDS]).items() if one.field]
    assert fields
    for name in fields:
        kind, _, field = name.partition(".")
        body = sdl.split(f"type {kind} ", 1)[1].split("\n}", 1)[0]
        assert f"\n  {field}" in body, name
