"""Root fields with a plan and without one, side by side in one document."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from graphql import GraphQLObjectType, OperationDefinitionNode, parse, print_ast
from sqlalchemy import func, select

from core.db.reader import Reader
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from schema.build import build_schema
from schema.planner.reasons import Reason
from schema.planner.rest import journalled_names, mentions, reduced, together
from schema.planner.run import Way
from tests.fixtures.statements import queries
from tests.schema.conftest import Api
from tests.schema.planner.conftest import Ways

MIXED, ORDINARY, PLANNED = Way.MIXED, Way.ORDINARY, Way.PLANNED
LOOKS = select(func.count()).where(JournalEntry.name == "applicant.read")
LOOK = 'applicant(purpose: "проверка") { name }'


async def looks(region: Region) -> int:
    async with region.work(system()) as work:
        return (await work.session.scalars(LOOKS)).one()


async def test_each_is_answered_in_its_place(api: Api, ways: Ways) -> None:
    appeal = await api.take()
    query = """
      query Both($id: ID!, $yes: Boolean!) {
        __typename
        one: appeals(first: 1) { nodes { number } }
        routed: appeal(id: $id) { ...Routed @include(if: $yes) number }
        ... @include(if: $yes) { two: appeal(id: $id) { ...Number } blocks { key } }
        left: blocks @skip(if: $yes) { key }
        passport { name }
      }
      fragment Number on Appeal { number }
      fragment Routed on Appeal { routing { chosen { verdict } } ...Number }
    """
    given = {"id": await api.id_of(appeal), "yes": True}
    answer = (await api.post(query, given, role="curator")).json()
    data, number = answer.pop("data"), {"number": "ПЛ-2026-000001"}
    assert answer.pop("extensions")["cost"]["requested"] == 36
    assert answer == {}
    assert list(data) == ["__typename", "one", "routed", "two", "blocks", "passport"]
    assert data["__typename"] == "Query"
    assert data["one"] == {"nodes": [number]}
    assert data["routed"] == {"routing": {"chosen": {"verdict": "CHOSEN"}}, **number}
    assert data["two"] == number
    assert {block["key"] for block in data["blocks"]} >= {"housing"}
    assert data["passport"] == {"name": "Полигон"}
    no = (await api.post(query, {**given, "yes": False}, role="curator")).json()["data"]
    assert list(no) == ["__typename", "one", "routed", "left", "passport"]
    assert no["routed"] == number
    assert ways == [(MIXED, Reason.INTROSPECTION)] * 2


async def test_a_field_without_a_plan_leaves_its_neighbours_theirs(api: Api, ways: Ways) -> None:
    await api.take()
    await api.data("{ passport { name } }", "curator")  # who asks is remembered from now on
    ways.clear()
    page = "{ nodes { number body { name } ledger { fact } } totalCount }"
    with queries(3):
        alone = await api.data(f"{{ appeals {page} }}", "curator")
    with queries(3):
        data = await api.data(f"{{ __typename appeals {page} }}", "curator")
    assert data == {"__typename": "Query", **alone}
    assert ways == [(PLANNED, None), (MIXED, Reason.INTROSPECTION)]


@pytest.mark.parametrize(
    ("query", "code", "why"),
    [
        ('{ appeals { totalCount } explainRouting(input: {channel: "x"}) { body { key } } '
         'indicatorAttainment(id: "x", day: "2026-03-02") { pending } }', "INVALID UNKNOWN_CHANNEL",
         "errors"),
        ('{ blocks { key } appeals(after: "x") { totalCount } }', "INVALID", "refused"),
        ("{ blocks { key } appeals { totalCount nodes { proposals { score } } } }",
         "FORBIDDEN", "permission"),
    ],
)  # fmt: skip
async def test_where_anything_fails_the_whole_is_told_as_ever(
    api: Api, ways: Ways, query: str, code: str, why: str
) -> None:
    await api.take()
    answer = (await api.post(query, role="body-official")).json()
    assert {error["extensions"]["code"] for error in answer["errors"]} == {*code.split()}
    assert ways == [(ORDINARY, Reason(why))]


@pytest.mark.parametrize(
    "around",
    [
        "{ appeal(id: $id) { %s } }",
        "{ appeals { totalCount } appeal(id: $id) { %s } }",
        # What stands beside it fails; the one look is journalled once all the same.
        '{ bad: appeal(id: "x") { number } appeal(id: $id) { %s } passport { name } }',
        '{ appeal(id: $id) { %s } node(id: "x") { id } passport { name } }',
        "{ appeals { nodes { ... { ...Deep } } } passport { name } } "
        "fragment Deep on Appeal { body { key } ...Deeper } fragment Deeper on Appeal { %s }",
    ],
)
async def test_a_journalled_look_is_taken_once(api: Api, ways: Ways, around: str) -> None:
    number = await api.id_of(await api.take())
    before = await looks(api.region)
    declared = "($id: ID!)" if "$id" in around else ""
    await api.post(f"query{declared} {around % LOOK}", {"id": number}, role="curator")
    assert await looks(api.region) - before == 1
    assert len(ways) == 1
    assert ways[0][0] is ORDINARY


async def test_what_is_journalled(polygon: Region) -> None:
    """Of all that a query can ask for, these alone write."""
    schema = build_schema(polygon)._schema
    assert journalled_names(schema) == {
        "applicant",
        "appealsOf",
        "content",
        "ratingLaboratory",
        "receptionCard",
        "recipient",
    }
    appeal = schema.type_map["Appeal"]
    assert isinstance(appeal, GraphQLObjectType)
    assert appeal.fields["applicant"].extensions["strawberry-definition"]


class Slow:
    """A reader whose statements wait for one another."""

    def __init__(self, reader: Reader, meet: int) -> None:
        self._reader, self._meet = reader, asyncio.Barrier(meet)
        self.running, self.most, self.begun = 0, 0, 0

    async def fetch(self, text: str, values: Sequence[object]) -> Any:
        self.running += 1
        self.begun += 1
        self.most = max(self.most, self.running)
        async with asyncio.timeout(60):
            await self._meet.wait()
        self.running -= 1
        return await self._reader.fetch(text, values)

    async def close(self) -> None:
        await self._reader.close()


@pytest.mark.parametrize(("roots", "meet"), [(2, 2), (8, 4)])
async def test_one_slow_field_does_not_slow_the_others(
    api: Api, ways: Ways, monkeypatch: pytest.MonkeyPatch, roots: int, meet: int
) -> None:
    """They read side by side, but four at the most: other requests want connections too."""
    await api.data("{ passport { name } }", "curator")  # who asks is remembered from now on
    ways.clear()
    slow = Slow(api.region.database.reader, meet)
    monkeypatch.setattr(api.region.database, "reader", slow)
    body = " ".join(f"a{n}: bodies {{ nodes {{ key }} }}" for n in range(roots))
    data = await api.data(f"{{ {body} __typename }}", "curator")
    assert len({str(data[f"a{n}"]) for n in range(roots)}) == 1
    assert slow.most == meet
    assert ways == [(MIXED, Reason.INTROSPECTION)]


async def test_where_one_fails_the_others_end_by_themselves() -> None:
    told, ended = asyncio.Event(), []

    async def waits() -> None:
        await told.wait()
        ended.append(True)

    async def fails() -> None:
        await asyncio.sleep(0)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await together(waits(), fails(), waits(), stop=told.set)
    assert ended == [True, True]


async def test_no_statement_is_begun_when_the_answer_is_lost(
    api: Api, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest fails while the page is read: its lists are not asked for any more by the plan."""
    await api.take()
    await api.data("{ passport { name } }", "curator")  # who asks is remembered from now on
    ways.clear()
    query = '{ appeals { nodes { ledger { fact } } } node(id: "x") { id } }'
    slow = Slow(api.region.database.reader, 1)
    monkeypatch.setattr(api.region.database, "reader", slow)
    answer = (await api.post(query, role="curator")).json()
    assert [error["path"] for error in answer["errors"]] == [["node"]]
    assert len(answer["data"]["appeals"]["nodes"]) == 1
    assert slow.begun <= 1
    assert ways == [(ORDINARY, Reason.ERRORS)]


async def test_who_is_given_up_ends_what_it_waits_for() -> None:
    ended = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    waiting = asyncio.ensure_future(together(waits(), waits(), stop=lambda: None))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended == [True, True]


DOCUMENT = """query A($x: Int = 1) @deprecated { a ...F b(n: $x) { ...G } } query B { c }
fragment F on Query { d } fragment G on T { ...H } fragment H on T { name }"""


def test_the_rest_is_a_document_of_its_own() -> None:
    document = parse(DOCUMENT)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    node: Any = operation.selection_set.selections[2]
    rest = reduced(document, operation, [node])
    assert print_ast(rest).split("\n\n") == [
        "query A($x: Int = 1) @deprecated {\n  b(n: $x) {\n    ...G\n  }\n}",
        "fragment F on Query {\n  d\n}",
        "fragment G on T {\n  ...H\n}",
        "fragment H on T {\n  name\n}",
    ]
    assert rest.definitions[0].selection_set.selections[0].loc is node.loc  # type: ignore[attr-defined]
    assert print_ast(document) == print_ast(parse(DOCUMENT))


@pytest.mark.parametrize(("names", "found"), [({"name"}, "name"), ({"d"}, None), ({"b"}, "b")])
def test_names_are_looked_for_in_fragments_too(names: set[str], found: str | None) -> None:
    document = parse(DOCUMENT)
    node: Any = document.definitions[0].selection_set.selections[2]  # type: ignore[attr-defined]
    assert mentions(document, [node], names) == found
