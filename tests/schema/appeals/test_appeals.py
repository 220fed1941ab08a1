"""Looking for appeals: what is seen, in which order, page by page, and in how many statements."""

from __future__ import annotations

from typing import Any

import pytest

from core.appeals.model import Appeal
from core.appeals.rules.intake import ApplicantKind
from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.fixtures.statements import queries
from tests.schema.conftest import Api

NUMBERS = """query($filter: AppealFilter, $order: AppealOrder! = NEWEST,
    $first: Int, $after: String, $last: Int, $before: String) {
  appeals(filter: $filter, order: $order, first: $first, after: $after, last: $last,
      before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { externalId } }
  }
}"""


async def found(api: Api, **asked: Any) -> list[str]:
    query = "query($f: AppealFilter) { appeals(filter: $f) { nodes { externalId } } }"
    data = await api.data(query, "curator", f=asked)
    return sorted(node["externalId"] for node in data["appeals"]["nodes"])


async def page(api: Api, **variables: Any) -> tuple[list[str], dict[str, Any], int]:
    connection = (await api.data(NUMBERS, "curator", **variables))["appeals"]
    names = [edge["node"]["externalId"] for edge in connection["edges"]]
    return names, connection["pageInfo"], connection["totalCount"]


@pytest.fixture
async def five(api: Api, clock: FrozenClock) -> list[Appeal]:
    """Five cases an hour apart; two of them in the same second."""
    appeals = []
    for number in range(5):
        clock.forward(hours=0 if number == 3 else 1)
        appeals.append(await api.take(external_id=f"{number}"))
    return appeals


async def test_pages_forward(api: Api, five: list[Appeal]) -> None:
    names, info, total = await page(api, first=2)
    assert (names, total) == (["4", "3"], 5)
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    names, info, total = await page(api, first=2, after=info["endCursor"])
    assert (names, total) == (["2", "1"], 5)
    names, info, _ = await page(api, first=2, after=info["endCursor"])
    assert names == ["0"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (False, True)


async def test_pages_backward(api: Api, five: list[Appeal]) -> None:
    names, info, _ = await page(api, last=2)
    assert names == ["1", "0"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (False, True)
    names, info, _ = await page(api, last=9, before=info["startCursor"])
    assert names == ["4", "3", "2"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("NEWEST", ["4", "3", "2", "1", "0"]),
        ("OLDEST", ["0", "1", "2", "3", "4"]),
        ("DUE_SOONEST", ["0", "1", "2", "3", "4"]),
        ("DUE_LATEST", ["4", "3", "2", "1", "0"]),
    ],
)
async def test_orders(api: Api, five: list[Appeal], order: str, names: list[str]) -> None:
    first, info, _ = await page(api, order=order, first=3)
    rest, _, _ = await page(api, order=order, first=3, after=info["endCursor"])
    assert [*first, *rest] == names


async def test_a_page_stays_right_while_cases_come(api: Api, five: list[Appeal]) -> None:
    _, info, _ = await page(api, first=2)
    await api.take(external_id="new")
    names, _, total = await page(api, first=2, after=info["endCursor"])
    assert (names, total) == (["2", "1"], 6)


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"first": 201}, "TOO_MUCH"),
        ({"last": 201}, "TOO_MUCH"),
        ({"first": -1}, "INVALID"),
        ({"first": 1, "last": 1}, "INVALID"),
        ({"after": "мимо"}, "INVALID"),
        ({"after": "W10="}, "INVALID"),
        ({"after": "WzEsMl0="}, "INVALID"),
        ({"before": "WyIyMDI2LTAzLTAyVDEzOjAwOjAwWiIsMV0"}, "INVALID"),
        ({"after": "WyIyMDI2LTAzLTAyVDEzOjAwOjAwWiIsdHJ1ZV0="}, "INVALID"),
        ({"after": "WyIyMDI2LTAzLTAyVDEzOjAwOjAwWiIsOTk5OTk5OTk5OTk5OTk5OTk5OTldCg=="}, "INVALID"),
        ({"filter": {"theme": ["x"] * 201}}, "TOO_MUCH"),
        ({"filter": {"body": ["QXBwZWFsOjE="]}}, "INVALID"),
    ],
)
async def test_what_is_not_a_page(api: Api, variables: dict[str, Any], code: str) -> None:
    assert (await api.error(NUMBERS, "curator", **variables))["extensions"]["code"] == code


async def test_an_empty_page(api: Api) -> None:
    nothing = {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    }
    assert await page(api) == ([], nothing, 0)
    await api.take()
    assert await page(api, first=0) == ([], {**nothing, "hasNextPage": True}, 1)


async def test_filters(api: Api, clock: FrozenClock) -> None:
    await api.take(external_id="roads")
    await api.take(external_id="queue", theme=None, addressee=None, text="В посёлке нет света.")
    await api.take(external_id="firm", applicant_kind=ApplicantKind.LEGAL_ENTITY)
    clock.forward(days=1)
    await api.take(external_id="late", channel="social-networks", theme="health")
    ministry = (await api.data('{ body(key: "ministry") { id } }', "curator"))["body"]["id"]
    assert await found(api, theme=["health"]) == ["late"]
    assert await found(api, theme=["health", "roads"]) == ["firm", "late", "roads"]
    assert await found(api, block=["roads"]) == ["firm", "roads"]
    assert await found(api, channel=["social-networks"]) == ["late"]
    assert await found(api, regime="MESSAGE") == ["late"]
    assert await found(api, state=["QUEUED"]) == ["queue"]
    assert await found(api, queued=True) == ["queue"]
    assert await found(api, body=[ministry]) == ["firm", "late", "roads"]
    assert await found(api, text="посёлка свет") == ["queue"]
    assert await found(api, receivedFrom="2026-03-03T12:00:00Z") == ["late"]
    assert await found(api, receivedBefore="2026-03-03T17:00:00+05:00") == [
        "firm", "queue", "roads",
    ]  # fmt: skip
    assert await found(api, overdue=True) == []
    clock.forward(days=40)
    assert await found(api, overdue=True) == ["firm", "late", "queue", "roads"]
    assert await found(api, dueBefore="2026-04-02T00:00:00Z") == ["firm", "queue", "roads"]
    assert await found(api, outcome=["SOLVED"]) == []


LISTED = """query($filter: AppealFilter, $order: AppealOrder) {
    appeals(filter: $filter, order: $order) { totalCount nodes { externalId } }
}"""


@pytest.mark.parametrize(
    "asked",
    [
        {"overdue": True},
        {"dueFrom": "2026-01-01T00:00:00Z"},
        {"dueBefore": "2026-12-31T00:00:00Z"},
    ],
)
async def test_what_is_looked_for_by_deadlines_is_listed_by_them(
    api: Api, clock: FrozenClock, asked: dict[str, Any]
) -> None:
    for number in range(3):
        await api.take(external_id=f"{number}")
        clock.forward(days=1)
    clock.forward(days=40)
    for order, expected in ((None, ["0", "1", "2"]), ("NEWEST", ["2", "1", "0"])):
        data = await api.data(LISTED, "curator", filter=asked, order=order)
        names = [node["externalId"] for node in data["appeals"]["nodes"]]
        assert (names, data["appeals"]["totalCount"]) == (expected, 3)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"order": "DUE_SOONEST"},
        {"filter": {"overdue": True}},
        {"filter": {"overdue": True}, "order": "DUE_LATEST"},
        {"filter": {"overdue": False}},
        {"filter": {"overdue": False}, "order": "DUE_SOONEST"},
        {"filter": {"theme": ["health"], "receivedFrom": "2026-03-02T12:30:00Z"}},
        {"filter": {"dueBefore": "2026-04-02T00:00:00Z"}},
        {"filter": {"text": "лес"}},
    ],
)
async def test_the_whole_is_as_many_as_are_listed(
    api: Api, clock: FrozenClock, asked: dict[str, Any]
) -> None:
    await api.take(external_id="late")
    await api.take(external_id="message", channel="social-networks", theme="health")
    clock.forward(hours=1)
    await api.take(external_id="health", theme="health", text="Горит лес.")
    clock.forward(days=40)
    await api.take(external_id="in time")
    undated = await api.take(external_id="undated", channel="social-networks", theme=None)
    assert undated.due_at is None
    names, _, total = await page(api, **asked)
    assert len(names) == total


async def test_an_official_sees_the_cases_of_the_own_body(api: Api) -> None:
    mine = await api.take(external_id="mine")
    other = await api.take(external_id="other", theme=None, addressee=None)
    query = "{ appeals { totalCount nodes { externalId } } }"
    data = await api.data(query, "body-official")
    assert data["appeals"] == {"totalCount": 1, "nodes": [{"externalId": "mine"}]}
    one = "query($id: ID!) { appeal(id: $id) { externalId } node(id: $id) { id } }"
    seen, hidden = encode_id(mine), encode_id(other)
    assert await api.data(one, "body-official", id=seen) == {
        "appeal": {"externalId": "mine"},
        "node": {"id": seen},
    }
    nothing = {"appeal": None, "node": None}
    assert await api.data(one, "body-official", id=hidden) == nothing
    missing = "QXBwZWFsOjk5OTk="
    assert await api.data(one, "body-official", id=missing) == nothing


@pytest.mark.parametrize(
    "number",
    [
        "",
        "x",
        "QXBwZWFsOjE",
        "QXBwZWFsOjE=\n",
        "QXBwZWFsOjA=",
        "QXBwZWFsOi0x",
        "QXBwZWFsOjFfMDAw",
        "QXBwZWFsOiAxIA==",
        "QXBwZWFsOu+8ke+8kg==",
        "QXBwZWFsOjk5OTk5OTk5OTk5OTk5OTk5OTk5",
        "QXBwZWFsOjkyMjMzNzIwMzY4NTQ3NzU4MDg=",
        "Qm9keTox",
        "/////w==",
        "мимо",
        "A" * 200,
    ],
)
async def test_what_is_not_an_id(api: Api, number: str) -> None:
    error = await api.error("query($id: ID!) { appeal(id: $id) { number } }", "curator", id=number)
    assert error["extensions"] == {"code": "INVALID"}


async def test_an_appeal_of_the_largest_number_is_not_there(api: Api) -> None:
    query = "query($id: ID!) { appeal(id: $id) { number } }"
    largest = "QXBwZWFsOjkyMjMzNzIwMzY4NTQ3NzU4MDc="
    assert await api.data(query, "curator", id=largest) == {"appeal": None}


EVERYTHING = """{ appeals { nodes {
  number body { name parent { name } } addressee { key } theme { name } block { name }
  deadline { dueAt explanation { clause { ref } } all { key } }
  ledger { fact body { key } } holders { seconds body { key } } answers { text }
  surveys { mark } disputes { reason } cluster { id } proposals { score } journal { name }
} } }"""


async def test_statements_do_not_grow_with_the_page(api: Api) -> None:
    for number in range(3):
        await api.take(external_id=str(number))
    await api.data(EVERYTHING, "curator")
    for number in range(3, 20):
        await api.take(external_id=str(number))
    with pytest.raises(AssertionError, match=r"^\d+ statements") as counted, queries(-1):
        data = await api.data(EVERYTHING, "curator")
    assert len(data["appeals"]["nodes"]) == 20
    assert int(str(counted.value).partition(" ")[0]) <= 16
