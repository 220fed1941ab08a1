"""The law as the API shows it, to everyone and by the edition of any day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.kernel.region import Region
from tests.schema.conftest import Api


@pytest.fixture
def kursk_api(api: Api, kursk: Region) -> Api:
    return replace(api, region=kursk)


async def test_the_passport(kursk_api: Api) -> None:
    query = "{ passport { name centreShort subject timezone clause { ref title number } } }"
    assert await kursk_api.data(query) == {
        "passport": {
            "name": "Курская область",
            "centreShort": "ЦУР",
            "subject": "46",
            "timezone": "Europe/Moscow",
            "clause": {
                "ref": "kursk.958/post.1",
                "title": "п. 1 постановления № 958-па",
                "number": "1 постановления",
            },
        }
    }


@pytest.mark.clause("kursk.958/post.1")
async def test_acts_and_their_clauses(kursk_api: Api) -> None:
    acts = (await kursk_api.data("{ acts { id registered clauses { ref } } }"))["acts"]
    found = {act["id"]: act for act in acts}
    assert found["kursk.958"]["registered"] is True
    assert found["fz59"]["registered"] is False
    assert "kursk.958/post.1" in [clause["ref"] for clause in found["kursk.958"]["clauses"]]
    one = "query($ref: String!) { clause(ref: $ref) { quote introduced repealed } }"
    clause = (await kursk_api.data(one, ref="kursk.958/post.1"))["clause"]
    assert clause["quote"].startswith("Создать Центр управления регионом")
    for nothing in ("kursk.958/none", "none/1", "kursk.958", ""):
        assert await kursk_api.data(one, ref=nothing) == {"clause": None}


async def test_deadlines_with_their_clauses(api: Api) -> None:
    query = "{ rulebook { deadlines { key length unit regimes clause { title } } } }"
    deadlines = (await api.data(query))["rulebook"]["deadlines"]
    answer = next(rule for rule in deadlines if rule["key"] == "answer")
    assert answer == {
        "key": "answer",
        "length": 30,
        "unit": "CALENDAR_DAYS",
        "regimes": ["APPEAL"],
        "clause": {"title": "ч. 1 ст. 12 59-ФЗ"},
    }


async def test_rules_of_one_kind_in_words(api: Api) -> None:
    query = """{ rulebook { rules(kinds: ["ProlongationLimit"]) {
      kind key wording floor since replaces { ref } clause { ref } } } }"""
    (rule,) = (await api.data(query))["rulebook"]["rules"]
    wording = rule.pop("wording")
    assert rule == {
        "kind": "ProlongationLimit",
        "key": "answer",
        "floor": rule["floor"],
        "since": rule["since"],
        "replaces": None,
        "clause": {"ref": "fz59/12.2"},
    }
    assert "30" in wording


async def test_blocks_and_themes(kursk_api: Api) -> None:
    blocks = (await kursk_api.data("{ blocks { key name kind themes { key federal } } }"))["blocks"]
    found = {block["key"]: block for block in blocks}
    assert [theme["key"] for theme in found["housing"]["themes"]] == ["housing", "solid-waste"]
    assert found["ecology"]["themes"] == [{"key": "ecology", "federal": False}]


@pytest.mark.clause("kursk.958/post.3.4")
async def test_a_rule_in_words_has_names_and_no_keys(kursk_api: Api) -> None:
    query = '{ rulebook { rules(kinds: ["Owner"]) { key wording } } }'
    rules = (await kursk_api.data(query))["rulebook"]["rules"]
    assert {rule["key"]: rule["wording"] for rule in rules}["health"] == (
        "«Комитет здравоохранения Курской области» отвечает за тематику «Здравоохранение»"
        " по умолчанию"
    )


async def test_the_rulebook_of_another_day(kursk_api: Api) -> None:
    query = "query($on: Date) { rulebook(on: $on) { on roles { key } } }"
    now = (await kursk_api.data(query))["rulebook"]
    before = (await kursk_api.data(query, on="2021-01-01"))["rulebook"]
    assert (now["on"], before["on"]) == ("2026-03-02", "2021-01-01")
    added = {role["key"] for role in now["roles"]} - {role["key"] for role in before["roles"]}
    assert {"municipal-curator", "municipal-head", "municipal-administrator"} <= added


async def test_municipalities(kursk_api: Api) -> None:
    places = (await kursk_api.data("{ municipalities { key name oktmo } }"))["municipalities"]
    assert len(places) >= 30
    assert len({place["key"] for place in places}) == len(places)
    assert all(place["oktmo"].isdigit() for place in places)


@pytest.mark.parametrize(
    "day",
    ["2026-13-01", "2026-02-30", "20260301", "2026-3-1", "0001-01-01", "２０２６-03-01", "", "x"],
)
async def test_what_is_not_a_day(api: Api, day: str) -> None:
    error = await api.error("query($on: Date) { rulebook(on: $on) { on } }", on=day)
    assert error["extensions"] == {"code": "INVALID"}
    assert error["message"].endswith("Нужна дата, например 2026-03-02")


@pytest.mark.parametrize(
    "moment",
    ["2026-03-02", "2026-03-02T12:00:00", "2026-03-02 12:00:00Z", "9999-12-31T23:59:59-01:00",
     "2026-03-02T25:00:00Z", "2026-W10-1T00:00Z", "2026-03-02T12:00:00+99:00", ""],
)  # fmt: skip
async def test_what_is_not_a_moment(api: Api, moment: str) -> None:
    query = "query($at: DateTime) { appeals(filter: {dueBefore: $at}) { totalCount } }"
    error = await api.error(query, "curator", at=moment)
    assert error["extensions"] == {"code": "INVALID"}
    assert "часовым поясом" in error["message"]


async def test_the_directory(api: Api) -> None:
    query = """{ bodies(working: true, kind: EXECUTIVE) { totalCount nodes { key parent { key } } }
      body(key: "office") { id name parent { key name } successor { key } }
      persons(role: "body-head") {
        nodes { name subject appointments { ground role { name } } } } }"""
    data = await api.data(query, "curator")
    assert data["bodies"] == {"totalCount": 1, "nodes": [{"key": "ministry", "parent": None}]}
    assert data["body"]["parent"] == {"key": "ministry", "name": "Министерство полигона"}
    assert data["body"]["successor"] is None
    assert data["persons"]["nodes"] == [
        {
            "name": "Проверочный demo-body-head",
            "subject": "demo-body-head",
            "appointments": [{"ground": "для проверки", "role": {"name": "Руководитель органа"}}],
        }
    ]
    node = "query($id: ID!) { node(id: $id) { id ... on Body { key } } }"
    number = data["body"]["id"]
    assert await api.data(node, "curator", id=number) == {"node": {"id": number, "key": "office"}}
    assert await api.data('{ body(key: "nowhere") { key } }', "curator") == {"body": None}
