"""The operations that GraphiQL opens with, each run as a front end would."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from schema.graphql.ids import encode_id
from schema.web.pages import OPERATIONS, operations
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api


def source(name: str) -> str:
    return (OPERATIONS / f"{name}.graphql").read_text("utf-8")


def test_every_operation_is_a_tab_with_its_blanks() -> None:
    tabs = operations()
    assert [tab["query"] for tab in tabs] == [
        path.read_text("utf-8") for path in sorted(OPERATIONS.glob("*.graphql"))
    ]
    blanks = [orjson.loads(tab["variables"]) for tab in tabs if tab["variables"]]
    assert blanks == [{"id": ""}, {"id": "", "body": ""}]


async def test_overdue(api: Api, clock: FrozenClock) -> None:
    await api.take()
    clock.forward(days=40)
    page = (await api.data(source("1-overdue"), "curator"))["appeals"]
    assert page["totalCount"] == 1
    (node,) = page["nodes"]
    assert node.pop("id")
    assert node["number"] == "ПЛ-2026-000001"
    assert node["body"] == {"name": "Министерство полигона"}
    assert node["deadline"] == {
        "dueAt": "2026-04-01T18:59:59Z",
        "standing": "BREACHED",
        "explanation": {
            "steps": [
                "начало: поступление 2026-03-02T17:00:00+05:00 (Asia/Yekaterinburg)",
                "день 2026-03-02 не считается, день 1 следующий",
                "срок 30 календарных дней",
                "последний день 2026-04-01, последний момент 23:59:59 по времени региона",
                "этот срок действует как самый строгий",
            ],
            "calendar": "календарные дни",
            "clause": {
                "ref": "ru.1844/2.accelerated-resolution.deadline",
                "title": node["deadline"]["explanation"]["clause"]["title"],
            },
        },
    }


async def test_one_appeal(api: Api, clock: FrozenClock) -> None:
    number = encode_id(await api.take())
    clock.forward(hours=2)
    appeal = (await api.data(source("2-appeal"), "curator", id=number))["appeal"]
    assert [entry["fact"] for entry in appeal["ledger"]] == ["RECEIVED", "REGISTERED", "ROUTED"]
    assert appeal["holders"] == [
        {"since": "2026-03-02T12:00:00Z", "until": "2026-03-02T12:00:00Z", "seconds": 0,
         "body": None},
        {"since": "2026-03-02T12:00:00Z", "until": None, "seconds": 7200,
         "body": {"name": "Министерство полигона"}},
    ]  # fmt: skip
    assert [due["name"] for due in appeal["deadline"]["all"] if due["governs"]] == [
        "Ускоренное решение"
    ]
    chosen = [c["route"] for c in appeal["routing"]["considered"] if c["verdict"] == "CHOSEN"]
    assert chosen == [appeal["routing"]["chosen"]["route"]]
    certificate = orjson.loads(appeal["deadline"]["certificate"])
    assert certificate["appeal"] == appeal["number"]


async def test_counts(api: Api) -> None:
    await api.take()
    assert (await api.data(source("3-counts"), "curator"))["appealCounts"] == [
        {
            "total": 1,
            "overdue": 0,
            "group": [
                {"dimension": "THEME", "key": "roads", "name": "Дороги"},
                {"dimension": "STATE", "key": "ASSIGNED", "name": "направлено"},
            ],
        }
    ]


async def test_routing(api: Api) -> None:
    routing = (await api.data(source("4-routing"), "curator"))["explainRouting"]
    assert routing["body"] is None
    assert {c["verdict"] for c in routing["considered"]} <= {"NOT_MATCHED", "NO_DESTINATION"}
    given = {"channel": "letter", "addressee": "ministry"}
    routing = (await api.data(source("4-routing"), "curator", input=given))["explainRouting"]
    assert routing["body"] == {"key": "ministry", "name": "Министерство полигона"}


async def test_take_in(api: Api) -> None:
    for status in ("ADDED", "KNOWN"):
        taken = (await api.data(source("5-take-in"), "coordinator"))["takeIn"]
        assert (taken["status"], taken["number"]) == (status, "ПЛ-2026-000001")
        assert taken["appeal"]["deadline"] == {"dueAt": "2026-04-01T18:59:59Z"}


async def test_transfer(api: Api) -> None:
    number = encode_id(await api.take())
    moved = await api.data(source("6-transfer"), "body-head", id=number, body="office")
    assert moved["transferAppeal"] == {
        "number": "ПЛ-2026-000001",
        "state": "ASSIGNED",
        "dueAt": "2026-04-01T18:59:59Z",
        "version": moved["transferAppeal"]["version"],
        "body": {"name": "Управление"},
    }
    refused = await api.data(source("6-transfer"), "curator", id=number, body="nowhere")
    assert refused["transferAppeal"]["code"] == "UNKNOWN_BODY"


@pytest.mark.parametrize("name", ["7-rulebook", "8-me"])
async def test_without_a_token(api: Api, name: str) -> None:
    data: dict[str, Any] = await api.data(source(name))
    expected = {"name": "Полигон", "centre": "Центр управления полигоном"}
    card = {**expected, "timezone": "Asia/Yekaterinburg"}
    assert data.get("passport") == (card if name == "7-rulebook" else None)


async def test_me(api: Api) -> None:
    me = (await api.data(source("8-me"), "body-official"))["me"]
    assert me["subject"] == "demo-body-official"
    (grant,) = me["grants"]
    assert grant["role"]["name"] == "Исполнитель органа"
    assert "ANSWER" in grant["permissions"]
    assert (grant["blocks"], grant["municipalities"]) == (None, None)
