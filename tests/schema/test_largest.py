"""The largest of everything that is let in keeps nobody waiting.

Of each root field one operation by default; all of them, with every argument of the fields below,
where TSUR_TEST_LARGEST says so (`make beside`).
"""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
)
from sqlalchemy import select
from starlette.types import Message

from core.appeals.model import Appeal
from core.demo.service import fill
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.region.tokens import demo_token
from schema.build import build_schema
from schema.graphql.documents.bounds import FILE, FILES, LIST, TEXT, bound_of
from schema.graphql.documents.parser import Documents, InvalidDocument
from schema.graphql.ids import encode_id
from schema.web.app import create_app
from schema.web.endpoint import Endpoint
from tests.fixtures.turns import turns
from tests.schema.conftest import Api
from tests.schema.largest import Largest, Values, largest

APPEALS = 60
EVERY = "TSUR_TEST_LARGEST" in os.environ
LONGEST_TURN = 0.5
"""Seconds of the processor: longer nobody who asks beside may wait."""

WORDS = " ".join(f"невслово{n}" for n in range(38_000))


@dataclass(frozen=True)
class Served:
    """A region that is asked without a client's own work on the loop."""

    region: Region
    app: Any

    async def ask(self, op: Largest) -> tuple[int, dict[str, Any]]:
        body = orjson.dumps({"query": op.text, "variables": op.variables})
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        token = demo_token(self.region, "curator").encode()
        headers = [(b"content-type", b"application/json"), (b"authorization", b"Bearer " + token)]
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": f"/{self.region.code}/graphql",
        }
        scope |= {"query_string": b"", "headers": headers, "client": ("127.0.0.1", 1)}
        await self.app(scope, receive, send)
        return sent[0]["status"], orjson.loads(sent[1]["body"])


@pytest.fixture
async def served(kursk: Region) -> AsyncIterator[Served]:
    await fill(kursk, APPEALS)
    app = create_app(kursk.settings, [kursk], jobs=False)
    async with app.router.lifespan_context(app):
        yield Served(kursk, app)


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks may do everything: no guard stops what is measured."""

    async def anybody(*_: object) -> Actor:
        return system()

    monkeypatch.setattr(Endpoint, "actor", anybody)


@pytest.fixture
def frozen() -> Iterator[None]:
    """As in the service, what stands is not looked at by collections of garbage."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def operations(region: Region, known: Mapping[str, Any]) -> Iterator[Largest]:
    """The largest operations that the region takes."""
    schema = build_schema(region)._schema
    documents = Documents(schema, region.settings)

    def fits(text: str, variables: Mapping[str, Any]) -> bool:
        try:
            documents.read(text, variables, None)
        except InvalidDocument as invalid:
            (error,) = invalid.errors
            assert error.extensions == {"code": "TOO_MUCH"}, error
            return False
        return True

    return largest(schema, known, fits, every=EVERY)


@pytest.mark.bare_rows
@pytest.mark.usefixtures("frozen", "allowed")
async def test_no_operation_keeps_the_loop(served: Served) -> None:
    async with served.region.work(system()) as work:
        appeal = (await work.session.scalars(select(Appeal).order_by(Appeal.id).limit(1))).one()
        number = encode_id(appeal)
    known = {"id": number, "appeal": number, "channel": "letter", "theme": "roads"}
    asked = list(operations(served.region, known))
    kinds = build_schema(served.region)._schema
    assert {op.field for op in asked} == {*roots(kinds)}
    given = {name for op in asked for name in op.variables}
    assert not EVERY or {name.replace(".", "_") for name in inner(kinds)} <= given
    seen: dict[str, float] = {}
    with turns() as turn:
        for op in asked:
            turn.begin()
            status, answer = await served.ask(op)
            assert status == 200, answer
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert "INTERNAL" not in codes, (op.text, answer)
            seen[op.field] = max(turn.longest, seen.get(op.field, 0))
    slow = {name: spent for name, spent in seen.items() if spent > LONGEST_TURN}
    assert slow == {}


async def test_a_filter_of_thousands_of_words_is_refused(api: Api) -> None:
    query = "query($t: String) { appeals(filter: {text: $t}) { totalCount } }"
    refused = {"code": "TEXT_TOO_LONG", "limit": 300}
    error = await api.error(query, "curator", t=WORDS)
    assert error["message"] == "Значение text длиннее 300 знаков"
    assert error["extensions"] == refused
    whole = "query($f: AppealFilter) { appeals(filter: $f) { totalCount } }"
    assert (await api.error(whole, "curator", f={"text": WORDS}))["extensions"] == refused
    literal = '{ appeals(filter: {text: "%s"}) { totalCount } }' % ("й" * 301)
    assert (await api.error(literal, "curator"))["extensions"] == refused
    default = 'query($t: String = "%s") { bodies(search: $t) { totalCount } }' % ("й" * 301)
    assert (await api.error(default, "curator"))["extensions"] == refused
    assert (await api.data(query, "curator", t="й" * 300))["appeals"]["totalCount"] == 0


async def test_lists_and_what_stands_in_them_are_bounded(api: Api) -> None:
    query = "query($k: [String!]) { rulebook { rules(kinds: $k) { key } } }"
    error = await api.error(query, "curator", k=["Theme"] * (LIST + 1))
    assert error["extensions"] == {"code": "TOO_MUCH", "limit": LIST}
    error = await api.error(query, "curator", k=["Theme" * 1_001])
    assert error["extensions"] == {"code": "TEXT_TOO_LONG", "limit": 5_000}
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    error = await api.error(query, "curator", k=deep)
    assert error["extensions"]["code"] == "INVALID"


def test_every_input_has_a_bound(kursk: Region) -> None:
    schema = build_schema(kursk)._schema
    for coordinate, kind in inputs(schema):
        bound = bound_of(coordinate, kind)
        assert 0 < bound.characters <= (FILE if coordinate in FILES else TEXT)
        assert 0 < bound.items <= LIST


def test_every_exception_among_bounds_is_an_input(kursk: Region) -> None:
    known = {coordinate for coordinate, _ in inputs(build_schema(kursk)._schema)}
    from_table = {c for c in known if bound_of(c, "String").characters in (TEXT, FILE, 300)}
    assert len(from_table) == 12


@pytest.mark.bare_rows
async def test_the_largest_appeal_is_taken_in(served: Served) -> None:
    values = Values(Random(1), {}, 20)
    text = values.text("TakeInInput.text", "String")[:20_000]
    query = """mutation($input: TakeInInput!) { takeIn(input: $input) {
      ... on TakenIn { appeal { number } } ... on Refusal { code text } } }"""
    given = {"channel": "letter", "externalId": "п-7", "text": text, "theme": None}
    with turns() as turn:
        turn.begin()
        _, answer = await served.ask(Largest("takeIn", query, {"input": given}))
        assert turn.longest < LONGEST_TURN
    assert "errors" not in answer, answer


def roots(schema: GraphQLSchema) -> Iterator[str]:
    for kind in (schema.query_type, schema.mutation_type):
        assert kind is not None
        yield from kind.fields


def inner(schema: GraphQLSchema) -> Iterator[str]:
    """Every argument of a field below the root."""
    known = {schema.query_type, schema.mutation_type, schema.subscription_type}
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind.name[:2] != "__" and kind not in known:
            for name, found in kind.fields.items():
                yield from (f"{kind.name}.{name}.{argument}" for argument in found.args)


def inputs(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Every argument and every field of an input, with the name of its kind."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            for name, given in kind.fields.items():
                yield f"{kind.name}.{name}", bare(given.type)
        elif not kind.name.startswith("__"):
            for name, found in getattr(kind, "fields", {}).items():
                for argument, taken in getattr(found, "args", {}).items():
                    yield f"{kind.name}.{name}.{argument}", bare(taken.type)


def bare(kind: Any) -> str:
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = kind.of_type
    return str(kind)
