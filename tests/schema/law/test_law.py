"""The law over the API: clauses with what serves them, and which rules held on a day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schema.conftest import Api

CLAUSES = """
query Clauses($area: String, $software: String, $on: Date) {
  acts {
    id
    clauses(area: $area, software: $software, on: $on) {
      ref number text quote says area software introduced amended repealed
      servedBy { kind name }
    }
  }
}
"""
RULES = """
query Rules($on: Date!) {
  rulebook(on: $on) { rules(kinds: ["NamedSystem"]) { key clause { ref introduced } } }
}
"""


async def clauses(api: Api, act: str, **asked: Any) -> list[dict[str, Any]]:
    acts = (await api.data(CLAUSES, **asked))["acts"]
    (found,) = [one["clauses"] for one in acts if one["id"] == act]
    return list(found)


@pytest.mark.clause("ru.1844/4.а.4")
async def test_a_clause_says_what_serves_it(api: Api) -> None:
    (clause,) = await clauses(api, "ru.1844", area="satisfaction")
    assert clause["text"] == clause["quote"]
    assert clause["quote"].startswith("сбор информации об удовлетворенности граждан")
    assert {key: value for key, value in clause.items() if key not in ("text", "quote")} == {
        "ref": "ru.1844/4.а.4",
        "number": "4 а), абз. 5",
        "says": (
            "The region centre collects how satisfied applicants are with the results of handling."
        ),
        "area": "satisfaction",
        "software": "data",
        "introduced": None,
        "amended": [],
        "repealed": None,
        "servedBy": [
            {"kind": "USE_CASE", "name": "satisfaction.answer_survey"},
            {"kind": "USE_CASE", "name": "satisfaction.issue_survey"},
        ],
    }


async def test_a_rule_and_a_field_serve_too_and_nothing_is_made_up(api: Api) -> None:
    served = {
        one["ref"]: [(by["kind"], by["name"]) for by in one["servedBy"]]
        for one in await clauses(api, "ru.1844")
    }
    assert ("RULE", "Deadline accelerated") in served["ru.1844/2.accelerated-resolution.deadline"]
    assert ("FIELD", "Query.appealCounts") in served["ru.1844/4.а.1"]
    assert served["ru.1844/10.б"] == [("USE_CASE", "ratings.publish_rating")]
    assert served["ru.1844/2.moderation-centre.1"] == []


@pytest.mark.parametrize(
    ("on", "there"), [("2022-02-25", False), ("2022-02-26", True), ("2020-11-15", False)]
)
async def test_a_clause_is_there_from_its_edition_on(api: Api, on: str, there: bool) -> None:
    found = await clauses(api, "ru.1844", on=on, area="municipal")
    assert ("ru.1844/10(1).а" in {one["ref"] for one in found}) == there


async def test_the_kind_of_software_narrows_the_list(api: Api) -> None:
    found = await clauses(api, "ru.1844", area="sla", software="report")
    assert [one["ref"] for one in found] == ["ru.1844/2.heat-map.2"]


@pytest.mark.parametrize(("on", "there"), [("2023-12-08", False), ("2023-12-09", True)])
@pytest.mark.clause("ru.1844/2.infocur")
async def test_which_rules_held_on_a_day(api: Api, on: str, there: bool) -> None:
    rules = (await api.data(RULES, on=on))["rulebook"]["rules"]
    infocur = [rule["clause"] for rule in rules if rule["key"] == "infocur"]
    wanted = {"ref": "ru.1844/2.infocur", "introduced": "2023-12-09"}
    assert infocur == ([wanted] if there else [])
