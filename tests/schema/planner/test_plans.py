"""How many statements a planned answer takes, and what goes to the ordinary executor."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import httpx
import orjson
import pytest

from core.appeals.observations import known
from schema.graphql.documents.trusted import digest_of
from schema.planner.reasons import Reason
from schema.planner.run import Way
from tests.fixtures.statements import queries
from tests.schema.conftest import Api
from tests.schema.planner.conftest import Ways

PAGE = "number body { name parent { name } } municipality { name } overdue"
JUDGED = "deadline { dueAt explanation { clause { ref } steps } } holders { seconds body { name } }"


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        (f"{{ appeals {{ nodes {{ {PAGE} }} pageInfo {{ endCursor }} }} }}", 1),
        (f"{{ appeals {{ edges {{ cursor node {{ {PAGE} }} }} totalCount }} }}", 2),
        ("{ appeals { nodes { ledger { fact body { name } } answers { text } } } }", 3),
        (f"{{ appeals {{ nodes {{ {PAGE} ledger {{ seq }} {JUDGED} }} }} }}", 3),
        ('{ appeal(id: "QXBwZWFsOjE=") { number ledger { fact body { name } } } }', 1),
        ('{ appeal(id: "QXBwZWFsOjE=") { number ledger { fact } answers { text } } }', 2),
        ("{ appealCounts(by: [STATE]) { total group { key name } } }", 1),
        ("{ appealCounts(by: [BODY]) { total group { key name } } }", 1),
        ("{ appealCounts(by: [BODY]) { medianDays group { key name } } }", 1),
        (
            "{ publishedFigures(measure: COUNT, by: [THEME],"
            ' since: "2026-02-01", until: "2026-02-28") { values value mark } }',
            8,  # it is released anew: a month before the first appeal is not kept
        ),
        ("{ appealFigures(measure: COUNT, by: [THEME]) { values value mark } }", 1),
        ("{ one: appeals { nodes { id } } two: bodies { nodes { key } } }", 2),
        ("{ passport { name } rulebook { themes { key clause { ref } } } }", 0),
    ],
)
async def test_statements_of_a_plan(api: Api, ways: Ways, query: str, statements: int) -> None:
    for number in range(3):
        await api.take(external_id=str(number))
    first = await api.data(query, "curator")
    with queries(statements):
        assert await api.data(query, "curator") == first
    assert ways == [(Way.PLANNED, None)] * 2


async def test_what_is_not_understood_is_answered_all_the_same(api: Api, ways: Ways) -> None:
    await api.take()
    query = "{ appeals { nodes { number routing { chosen { verdict } } } } }"
    (node,) = (await api.data(query, "curator"))["appeals"]["nodes"]
    assert node["routing"] == {"chosen": {"verdict": "CHOSEN"}}
    assert ways == [(Way.ORDINARY, Reason.RESOLVER)]


@pytest.mark.parametrize(
    "field", ["appealCounts(by: [], %s) { total }", "appeals(%s) { totalCount }"]
)
async def test_what_the_database_alone_knows_is_asked_of_it_once(
    api: Api, ways: Ways, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    monkeypatch.setattr(known, "_had", WeakKeyDictionary())
    query = "{ " + field % 'filter: {body: ["ministry"]}' + " }"
    for _ in range(2):
        await api.data(query, "curator")
    assert ways == [(Way.ORDINARY, Reason.DOUBT), (Way.PLANNED, None)]


async def test_words_that_a_statement_is_made_of_are_planned_too(api: Api, ways: Ways) -> None:
    query = "query($words: String) { bodies(search: $words) { nodes { key } } }"
    for words, keys in (("министерство", ["ministry"]), ("ряд", []), ("minis", ["ministry"])):
        found = await api.data(query, "curator", words=words)
        assert [node["key"] for node in found["bodies"]["nodes"]] == keys
    assert ways == [(Way.PLANNED, None)] * 3


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("text", {"яма": 2, "яма на дороге": 1, "снега": 0}),
        ("address", {"Садовая": 1, "Садовая, 7": 1, "Луговая": 0}),
    ],
)
@pytest.mark.clause("ru.1844/2.heat-map.2")
async def test_counts_and_lists_by_words_are_planned_too(
    api: Api, ways: Ways, asked: str, words: dict[str, int]
) -> None:
    await api.take(external_id="1", text="Глубокая яма на дороге", address="Садовая, 7")
    await api.take(external_id="2", text="Яма во дворе")
    query = """query($f: AppealFilter) { appealCounts(by: [], filter: $f) { total }
      appeals(filter: $f) { totalCount nodes { number } } }"""
    for said, many in words.items():
        found = await api.data(query, "curator", f={asked: said})
        counted, listed = found["appealCounts"], found["appeals"]
        assert [one["total"] for one in counted] == ([many] if many else [0]), said
        assert (listed["totalCount"], len(listed["nodes"])) == (many, many), said
    assert ways == [(Way.PLANNED, None)] * len(words)


async def test_a_refusal_is_told_by_the_ordinary_executor(api: Api, ways: Ways) -> None:
    query = '{ appeals(after: "x") { nodes { number } } }'
    assert (await api.error(query, "curator"))["extensions"] == {"code": "INVALID"}
    assert (await api.error(query))["extensions"] == {"code": "UNAUTHENTICATED"}
    assert ways == [(Way.ORDINARY, Reason.REFUSED), (Way.ORDINARY, Reason.PERMISSION)]


def same(response: httpx.Response) -> tuple[bytes, dict[str, str]]:
    """All of an answer but the id that its request has alone."""
    kept = {name: value for name, value in response.headers.items() if name != "x-request-id"}
    return response.content, kept


async def test_a_known_document_is_answered_by_the_same_plan(api: Api, ways: Ways) -> None:
    await api.take()
    query = f"{{ appeals {{ nodes {{ {PAGE} }} }} }}"
    by_text = await api.post(query, role="curator", accept=None)
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest_of(query)}}
    headers = {"Authorization": by_text.request.headers["authorization"]}
    for body in ({"query": query, "extensions": extensions}, {"extensions": extensions}):
        response = await api.http.post(api.path, json=body, headers=headers)
        assert same(response) == same(by_text)
    address = {"extensions": orjson.dumps(extensions).decode()}
    response = await api.http.get(api.path, params=address, headers=headers)
    assert same(response) == same(by_text)
    assert ways == [(Way.PLANNED, None)] * 4
