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
    parse,
)

from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import open_region
from schema.build import SDL, build_schema, print_schema_for

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
        "Query.clause",
        "Query.directions",
        "Query.mandates",
        "Query.me",
        "Query.municipalities",
        "Query.passport",
        "Query.rankFloors",
        "Query.ranks",
        "Query.rulebook",
        "Query.survey",
    ]


async def test_everything_is_described_in_russian(polygon: Region) -> None:
    types = build_schema(polygon)._schema.type_map
    bare = []
    for name, kind in types.items():
        if name.startswith("__") or not isinstance(kind, OURS) or name in ("Query", "Mutation"):
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


@pytest.mark.snapshot
@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_the_schema_checked_in_is_the_one_served(code: str, tmp_path: Path) -> None:
    region = open_region(code, Settings(regions=(code,), data_dir=tmp_path))
    assert (SDL / f"{code}.graphql").read_text("utf-8") == print_schema_for(region)


def test_no_schema_is_checked_in_for_nobody() -> None:
    assert sorted(path.stem for path in SDL.glob("*.graphql")) == sorted(DEMO_REGIONS)
