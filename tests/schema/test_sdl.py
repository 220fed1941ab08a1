"""The schema as a front end reads it: guarded, described in Russian, and checked in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    ObjectTypeDefinitionNode,
    lexicographic_sort_schema,
    parse,
    print_schema,
)
from graphql import build_schema as build_schema_of

from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import open_region
from schema.__main__ import main
from schema.build import build_schema, print_schema_for
from schema.printer import SDL, files

RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
OURS = (
    GraphQLObjectType,
    GraphQLInterfaceType,
    GraphQLInputObjectType,
    GraphQLEnumType,
    GraphQLUnionType,
)


def root_fields(sdl: str) -> dict[str, list[str]]:
    """The directives of every field of Query and Mutation."""
    return {
        f"{node.name.value}.{field.name.value}": [d.name.value for d in field.directives or ()]
        for node in parse(sdl).definitions
        if isinstance(node, ObjectTypeDefinitionNode) and node.name.value in ("Query", "Mutation")
        for field in node.fields or ()
    }


async def test_every_root_field_says_who_may_use_it(polygon: Region) -> None:
    fields = root_fields(print_schema_for(polygon))
    assert len(fields) > 30
    assert {
        name: found for name, found in fields.items() if found not in (["needs"], ["public"])
    } == {}


async def test_what_is_open_to_everyone(polygon: Region) -> None:
    fields = root_fields(print_schema_for(polygon))
    assert sorted(name for name, found in fields.items() if found == ["public"]) == [
        "Mutation.answerSurvey",
        "Query.acts",
        "Query.appointmentSteps",
        "Query.blockSteps",
        "Query.blocks",
        "Query.classifier",
        "Query.clause",
        "Query.directions",
        "Query.documentKinds",
        "Query.mandates",
        "Query.me",
        "Query.municipalities",
        "Query.passport",
        "Query.publishedFigures",
        "Query.rankFloors",
        "Query.ranks",
        "Query.rulebook",
        "Query.survey",
    ]


ROOTS = frozenset({"Query", "Mutation", "Subscription"})


async def test_everything_is_described_in_russian(polygon: Region) -> None:
    types = build_schema(polygon)._schema.type_map
    bare = []
    for name, kind in types.items():
        if name.startswith("__") or not isinstance(kind, OURS) or name in ROOTS:
            continue
        if not RUSSIAN.search(kind.description or ""):
            bare.append(name)
        parts = getattr(kind, "fields", {}) or getattr(kind, "values", {})
        if name == "RefusalCode" or not parts:
            continue
        bare += [f"{name}.{p}" for p, x in parts.items() if not RUSSIAN.search(x.description or "")]
    assert bare == []


async def test_root_fields_are_described_in_russian(polygon: Region) -> None:
    schema = build_schema(polygon)._schema
    for root in (schema.query_type, schema.mutation_type):
        assert root is not None
        for name, found in root.fields.items():
            assert RUSSIAN.search(found.description or ""), name


ADDED = '''
"""Что есть только здесь"""
type Fair {
  """Название"""
  name: String!
}
'''
FIELD = '''
  """Ярмарки"""
  fairs(
    """Сколько"""
    first: Int = 20
  ): [Fair!]! @public
'''


@pytest.mark.snapshot
def test_the_schema_checked_in_is_the_one_served(tmp_path: Path) -> None:
    settings = Settings(regions=DEMO_REGIONS, data_dir=tmp_path)
    served = {code: print_schema_for(open_region(code, settings)) for code in DEMO_REGIONS}
    kept = {path.stem: path.read_text("utf-8") for path in SDL.glob("*.graphql")}
    assert kept == files(served)


async def test_what_all_regions_have_is_all_of_it_where_nothing_differs(polygon: Region) -> None:
    sdl = print_schema_for(polygon)
    assert files({"one": sdl, "two": sdl}) == {"schema": sdl}


async def test_a_region_with_more_has_a_file_of_what_it_has(polygon: Region) -> None:
    sdl = print_schema_for(polygon)
    more = sdl.replace("type Query {\n", f"type Query {{{FIELD}\n") + ADDED
    assert more != sdl
    written = files({"one": sdl, "two": more})
    assert written == {"schema": sdl, "two": f"extend type Query {{{FIELD}}}\n{ADDED}"}
    whole = build_schema_of(written["schema"] + written["two"])
    asked = lexicographic_sort_schema(build_schema_of(more))
    assert print_schema(lexicographic_sort_schema(whole)) == print_schema(asked)


async def test_what_one_region_lacks_is_not_common(polygon: Region) -> None:
    sdl = print_schema_for(polygon)
    fewer = re.sub(r'  """От чьего имени идёт запрос; null без входа"""\n  me: .*\n\n', "", sdl)
    assert fewer != sdl
    written = files({"one": sdl, "two": fewer})
    assert written["schema"] == fewer
    assert list(written) == ["schema", "one"]
    assert written["one"].splitlines() == [
        "extend type Query {",
        '  """От чьего имени идёт запрос; null без входа"""',
        "  me: Me @public",
        "}",
    ]


def test_the_sdl_of_a_region_is_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    main([DEMO_REGIONS[0]])
    settings = Settings(regions=DEMO_REGIONS)
    assert capsys.readouterr().out == print_schema_for(open_region(DEMO_REGIONS[0], settings))
