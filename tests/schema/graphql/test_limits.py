"""How much one operation may ask for, and that refusing it costs next to nothing."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError, OperationDefinitionNode, get_introspection_query, parse

from core.kernel.region import Region
from core.kernel.settings import Settings
from core.kernel.texts import LONGEST_ID
from schema.build import build_schema
from schema.graphql.documents.bounds import CHOICE
from schema.graphql.documents.limits import Measure, Size, count_tokens
from schema.graphql.documents.parser import KEPT_TOKENS, Documents, InvalidDocument
from tests.schema.conftest import Api


def size_of(region: Region, source: str, **variables: Any) -> Size:
    document = parse(source)
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return Measure(build_schema(region)._schema, document, variables).of(operation)


def bomb(levels: int, leaf: str = "{ name }") -> str:
    """Fragments that spread the next one twice."""
    fragments = [f"fragment F{n} on Body {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    last = f"fragment F{levels} on Body {leaf}"
    return "\n".join(['{ body(key: "a") { ...F0 } }', *fragments, last])


CASES = [
    ("{ me { subject } }", Size(2, 2, 0, 0, 2)),
    ("{ a: me { b: subject } }", Size(2, 2, 2, 0, 2)),
    ("query @skip(if: false) { me @include(if: true) { subject } }", Size(2, 2, 0, 2, 2)),
    ("{ __schema { types { name } } }", Size(3, 3, 0, 0, 12)),
    ("{ blocks { themes { key } } }", Size(3, 3, 0, 0, 1 + 10 * (1 + 10))),
    ("{ bodies { nodes { key } } }", Size(3, 3, 0, 0, 1 + 20 * (1 + 1))),
    ("{ bodies(first: 50) { edges { node { key } } } }", Size(4, 4, 0, 0, 1 + 50 * 3)),
    ("{ bodies(last: 5) { totalCount } }", Size(2, 2, 0, 0, 1 + 5)),
    ("{ bodies(first: 2, last: 5) { totalCount } }", Size(2, 2, 0, 0, 1 + 5)),
    ("{ bodies(first: -1) { totalCount } }", Size(2, 2, 0, 0, 2)),
    ("{ ...F } fragment F on Query { me { ... on Me { subject } } }", Size(2, 2, 0, 0, 2)),
    ("{ nowhere { to { go } } }", Size(3, 3, 0, 0, 3)),
    ("{ ...F } fragment F on Query { me { subject } ...F }", Size(2, 2, 0, 0, 2)),
    ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", Size()),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
async def test_size_of_an_operation(polygon: Region, source: str, expected: Size) -> None:
    assert size_of(polygon, source) == expected


async def test_a_page_size_may_be_a_variable(polygon: Region) -> None:
    source = "query($n: Int) { bodies(first: $n) { nodes { key } } }"
    assert size_of(polygon, source, n=100).cost == 1 + 100 * 2
    assert size_of(polygon, source).cost == 1 + 20 * 2
    assert size_of(polygon, source, n=None).cost == 1 + 20 * 2
    assert size_of(polygon, source, n="many").cost == 1 + 20 * 2
    huge = f"{{ bodies(first: {'9' * 5_000}) {{ totalCount }} }}"
    assert size_of(polygon, huge).cost == 1_000_000_000


async def test_fragments_are_measured_once(polygon: Region) -> None:
    """Walking a fragment again at every spread would take 2**90 steps and never end."""
    source = bomb(200)
    with pytest.raises(GraphQLError, match="Вложенность документа больше 100"):
        size_of(polygon, source)
    size = size_of(polygon, bomb(90))
    assert (size.depth, size.fields) == (2, 2**90 + 1)


async def test_the_bomb_that_hung_others_is_answered(api: Api) -> None:
    source = bomb(37)
    assert len(source) > 1_441
    response = await api.post(source)
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "TOO_MUCH"}
    assert error["message"] == "Операция слишком велика: число полей больше 1000"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('{ node(id: "x") ' + "{ ... on Body { parent " * 16 + "{ key }" + " } }" * 16 + "}",
         "глубина"),
        ("{ __schema { types " + "{ ofType " * 20 + "{ name }" + " }" * 20 + "} }", "глубина"),
        ("{ " + " ".join(f"a{n}: me {{ subject }}" for n in range(31)) + " }", "псевдонимов"),
        ("{ me { subject " + "@include(if: true) " * 51 + "} }", "директив"),
        ("{ me { " + "subject " * 1_000 + "} }", "число полей"),
        ("{ bodies(first: 200) { nodes { parent { themes parent { themes } } } } "
         "rulebook { rules(kinds: []) { clause { ref } } } }", None),
        ("{ acts { clauses { ref title } } a: acts { clauses { ref } } }", None),
        ("{ appeals(first: 200) { nodes { answers { evidence { kind } } "
         "cluster { appeals { ledger { at seq fact body { key name } } } } } } }",
         "полных списках"),
        ("{ me { subject(x: [" + "1 " * 4_000 + "]) } }", "лексем"),
    ],
)  # fmt: skip
async def test_limits(api: Api, source: str, what: str | None) -> None:
    answer = (await api.post(source, role="curator")).json()
    if what is None:
        assert "errors" not in answer
        return
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "TOO_MUCH"
    assert what in error["message"]


async def test_a_variable_page_counts_towards_the_cost(api: Api) -> None:
    query = (
        "query($n: Int) { appeals(first: $n) "
        "{ nodes { cluster { appeals { ledger { at } answers { text late } } } } } }"
    )
    assert (await api.post(query, {"n": 10}, role="curator")).status_code == 200
    error = await api.error(query, "curator", n=1_000)
    assert error["extensions"] == {"code": "TOO_MUCH"}


async def test_hundreds_of_equal_fields_do_not_stall(api: Api) -> None:
    fine = await api.post("{ passport { " + "name " * 200 + "} }")
    aborted = await api.post("{ passport { " + "name " * 990 + "} }")
    assert fine.json()["data"] == {"passport": {"name": "Полигон"}}
    (error,) = aborted.json()["errors"]
    assert error["extensions"] == {"code": "INVALID"}


async def test_only_valid_documents_are_kept(polygon: Region) -> None:
    documents = Documents(build_schema(polygon)._schema, Settings())
    with pytest.raises(InvalidDocument):
        documents.read("{ nothing }", {}, None)
    assert list(documents._kept) == []
    first = documents.read("{ me { subject } }", {}, None)
    assert documents.read("{ me { subject } }", {}, None) is first


LOOKING = """query($b: [String!], $t: String) {
  appeals(filter: {block: $b, text: $t}) { totalCount }
}"""


async def test_what_is_within_its_bounds_is_sized_once(polygon: Region) -> None:
    documents = Documents(build_schema(polygon)._schema, Settings())
    first = documents.sized(LOOKING, {"b": ["roads"]}, None)
    known: list[dict[str, Any]] = [{}, {"b": None}, {"b": []}, {"b": ["x" * LONGEST_ID] * CHOICE}]
    for given in known:
        assert documents.sized(LOOKING, given, None) is first


@pytest.mark.parametrize(
    "given",
    [{"b": ["x"] * (CHOICE + 1)}, {"b": ["x" * (LONGEST_ID + 1)]}, {"b": "x" * (LONGEST_ID + 1)}],
)
async def test_what_was_asked_before_opens_no_door(polygon: Region, given: Any) -> None:
    documents = Documents(build_schema(polygon)._schema, Settings())
    documents.sized(LOOKING, {"b": ["x"]}, None)
    with pytest.raises(InvalidDocument):
        documents.sized(LOOKING, given, None)


async def test_every_text_looked_for_by_forms_is_told(polygon: Region) -> None:
    documents = Documents(build_schema(polygon)._schema, Settings())
    assert documents.sized(LOOKING, {}, None).texts == []
    for text in ("яма", "", "яма"):
        assert documents.sized(LOOKING, {"t": text}, None).texts == [text]
    literal = '{ appeals(filter: {text: "яма"}) { totalCount } }'
    assert [documents.sized(literal, {}, None).texts for _ in range(2)] == [["яма"]] * 2


async def test_a_variable_page_is_measured_each_time(polygon: Region) -> None:
    documents = Documents(build_schema(polygon)._schema, Settings())
    source = "query($n: Int) { bodies(first: $n) { nodes { key } } }"
    assert [documents.sized(source, {"n": n}, None).cost for n in (3, None, 5)] == [7, 41, 11]


async def test_the_oldest_documents_are_forgotten(polygon: Region) -> None:
    documents = Documents(build_schema(polygon)._schema, Settings())
    sources = [f"{{ me {{ a{n}: subject }} }} #{' ' * 7_900}" for n in range(150)]
    for source in sources:
        documents.read(source, {}, None)
    assert documents._weight <= KEPT_TOKENS
    assert list(documents._kept) == sources[-len(documents._kept) :]
    assert 90 <= len(documents._kept) <= 110
    documents.read("{ me { subject } } #" + " " * 900_000, {}, None)
    assert list(documents._kept) == sources[-len(documents._kept) :]


async def test_tools_can_read_the_whole_schema(api: Api) -> None:
    query = get_introspection_query(input_value_deprecation=True, schema_description=True)
    data = await api.data(query)
    assert data["__schema"]["queryType"]["name"] == "Query"
    assert len(data["__schema"]["types"]) > 60


async def test_introspection_is_a_setting(polygon: Region) -> None:
    closed = Documents(build_schema(polygon)._schema, Settings(introspection=False))
    with pytest.raises(InvalidDocument):
        closed.read("{ __schema { queryType { name } } }", {}, None)
    assert closed.read("{ me { __typename } }", {}, None).operations.keys() == {""}


def test_tokens_are_counted_without_comments() -> None:
    assert count_tokens("{ me(x: 1) # comment\n { a } }", 100) == 11
    with pytest.raises(GraphQLError, match="больше 3 лексем"):
        count_tokens("{ a b }", 3)
