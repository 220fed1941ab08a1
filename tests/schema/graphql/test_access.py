"""Who may ask what: every root field, for nobody, for a service, for an official without reach."""

from __future__ import annotations

from datetime import date

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from sqlalchemy import select

from core.directory.model import Person
from core.kernel.access import system
from schema.build import build_schema, print_schema_for
from tests.schema.conftest import Api
from tests.schema.test_sdl import root_fields

SAMPLES = {"ID": '"QXBwZWFsOjE="', "String": '"x"', "Int": "1", "Boolean": "true",
           "Date": '"2026-03-05"', "DateTime": '"2026-03-02T12:00:00Z"', "Float": "1.5",
           "Decimal": '"1.5"'}  # fmt: skip


def literal(kind: object) -> str:
    """The least value of an input type."""
    if isinstance(kind, GraphQLNonNull):
        return literal(kind.of_type)
    if isinstance(kind, GraphQLList):
        return "[]"
    if isinstance(kind, GraphQLInputObjectType):
        needed = {n: f for n, f in kind.fields.items() if isinstance(f.type, GraphQLNonNull)}
        return "{" + ", ".join(f"{name}: {literal(f.type)}" for name, f in needed.items()) + "}"
    values = getattr(kind, "values", None)
    return next(iter(values)) if values else SAMPLES.get(str(kind), '"x"')


def operations(api: Api, root: GraphQLObjectType | None, kind: str) -> dict[str, str]:
    """An operation for every field of a root type, with the least arguments."""
    assert root is not None
    found = {}
    for name, field in root.fields.items():
        needed = {n: a for n, a in field.args.items() if isinstance(a.type, GraphQLNonNull)}
        given = ", ".join(f"{n}: {literal(a.type)}" for n, a in needed.items())
        arguments = f"({given})" if given else ""
        leaf = is_leaf_type(get_named_type(field.type))
        inside = "" if leaf else "{ __typename ... on Refusal { code } }"
        if not leaf and kind == "query":
            inside = "{ __typename }"
        found[name] = f"{kind} {{ {name}{arguments} {inside} }}"
    return found


def open_queries(api: Api) -> set[str]:
    """The queries of which the SDL says that they need no token."""
    fields = root_fields(print_schema_for(api.region))
    return {name.removeprefix("Query.") for name, said in fields.items() if said == ["public"]}


async def test_nobody_reads_anything_but_what_is_public(api: Api) -> None:
    queries = operations(api, build_schema(api.region)._schema.query_type, "query")
    public = open_queries(api)
    for name, query in queries.items():
        answer = (await api.post(query)).json()
        codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
        expected = {"survey": ["LINK_INVALID"], "publishedFigures": ["INVALID"]}.get(name, [])
        assert codes == (expected if name in public else ["UNAUTHENTICATED"]), name


async def test_nobody_changes_anything(api: Api) -> None:
    mutations = operations(api, build_schema(api.region)._schema.mutation_type, "mutation")
    assert len(mutations) > 15
    for name, mutation in mutations.items():
        answer = (await api.data(mutation))[name]
        code = "LINK_INVALID" if name == "answerSurvey" else "UNAUTHENTICATED"
        assert answer == {"__typename": "Refusal", "code": code}, name


async def test_a_channel_can_only_take_in(api: Api) -> None:
    schema, public = build_schema(api.region)._schema, open_queries(api)
    for name, query in operations(api, schema.query_type, "query").items():
        if name not in public:
            error = await api.error(query, "channel-adapter")
            assert error["extensions"] == {"code": "FORBIDDEN"}, name
    for name, mutation in operations(api, schema.mutation_type, "mutation").items():
        if name in ("takeIn", "answerSurvey", "receive"):
            continue  # a reception is taken in by an official of the directory: no service is one
        answer = (await api.data(mutation, "channel-adapter"))[name]
        unseen = name in ("addDocument", "tellReceipt")  # it may say so, of a case that it sees
        code = "NOT_FOUND" if unseen else "FORBIDDEN"
        assert answer == {"__typename": "Refusal", "code": code}, name


@pytest.mark.parametrize("role", ["administrator", "notifier"])
async def test_roles_without_appeals_see_none(api: Api, role: str) -> None:
    await api.take()
    for query in ("{ appeals { totalCount } }", "{ appealCounts(by: []) { total } }"):
        error = await api.error(query, role)
        assert error["extensions"] == {"code": "FORBIDDEN"}
        assert error["message"] == "Ваши назначения этого не разрешают."


async def test_who_was_dismissed_yesterday_is_told_so(api: Api) -> None:
    """Whoever holds nothing hears what `me` says he lacks, in queries and in steps alike."""
    decide = """mutation { decideDocument(input: { document: "x", seen: "0", by: HEAD }) {
      ... on Refusal { code text clause { ref } } } }"""
    async with api.region.work(system()) as work:
        query = select(Person).where(Person.subject == "demo-curator")
        (await work.session.scalars(query)).one().dismissed = date(2026, 3, 1)
    said = "Вы уволены с 01.03.2026: прежние назначения прав не дают"
    error = await api.error("{ appeals { totalCount } }", "curator")
    clause = error["extensions"].pop("clause")
    assert (error["extensions"], clause["ref"]) == ({"code": "FORBIDDEN"}, "tsur.practice/standing")
    assert error["message"].startswith(f"{said}. Основание: ")
    refusal = (await api.data(decide, "curator"))["decideDocument"]
    assert (refusal["code"], refusal["clause"]) == ("FORBIDDEN", {"ref": clause["ref"]})
    assert refusal["text"] == error["message"]
