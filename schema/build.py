"""The schema of one region: the product's own parts and what the region's layers add."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from core.kernel.region import Region
from schema.appeals.counts import CountQuery
from schema.appeals.duplicates import DuplicateMutation
from schema.appeals.inquiries import InquiryMutation, InquiryQuery
from schema.appeals.intake import IntakeMutation
from schema.appeals.notices import NoticeMutation, NoticeQuery
from schema.appeals.opinions import OpinionMutation, OpinionQuery
from schema.appeals.queries import AppealQuery
from schema.appeals.routing import RoutingQuery
from schema.appeals.steps import StepMutation
from schema.appeals.templates import TemplateMutation, TemplateQuery
from schema.directory.types import DirectoryQuery
from schema.graphql.errors import RefusalHandler
from schema.graphql.parts import GraphQLPart
from schema.graphql.scalars import SCALARS
from schema.indicators.queries import IndicatorMutation, IndicatorQuery
from schema.law.queries import RulebookQuery
from schema.nodes import NodeQuery
from schema.operation.types import OperationMutation, OperationQuery
from schema.structure.appointments import AppointingMutation
from schema.structure.blocks import GrowthMutation, GrowthQuery
from schema.structure.personnel import PersonnelMutation
from schema.structure.types import StructureQuery
from schema.structure.upkeep import UpkeepMutation
from schema.workload.types import WorkloadMutation, WorkloadQuery

QUERIES: tuple[type, ...] = (
    RulebookQuery,
    DirectoryQuery,
    AppealQuery,
    CountQuery,
    RoutingQuery,
    OpinionQuery,
    NoticeQuery,
    OperationQuery,
    InquiryQuery,
    TemplateQuery,
    IndicatorQuery,
    WorkloadQuery,
    StructureQuery,
    GrowthQuery,
    NodeQuery,
)
MUTATIONS: tuple[type, ...] = (
    IntakeMutation,
    StepMutation,
    InquiryMutation,
    TemplateMutation,
    OpinionMutation,
    DuplicateMutation,
    NoticeMutation,
    OperationMutation,
    IndicatorMutation,
    WorkloadMutation,
    AppointingMutation,
    PersonnelMutation,
    UpkeepMutation,
    GrowthMutation,
)


SDL = Path(__file__).parent / "sdl"
"""Where the schema of each region of the product is checked in."""


def build_schema(region: Region) -> strawberry.Schema:
    """The schema that this region serves; regions whose layers add the same share one."""
    parts: list[GraphQLPart] = [import_module(name).SCHEMA for name in region.graphql]
    queries = (part.query for part in parts if part.query is not None)
    mutations = (part.mutation for part in parts if part.mutation is not None)
    return _schema((*QUERIES, *queries), (*MUTATIONS, *mutations))


@cache
def _schema(queries: tuple[type, ...], mutations: tuple[type, ...]) -> strawberry.Schema:
    return strawberry.Schema(
        query=merge_types("Query", queries),
        mutation=merge_types("Mutation", mutations),
        exception_handlers=[RefusalHandler()],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )


def print_schema_for(region: Region) -> str:
    """The region's schema in the schema definition language, with a line feed at the end."""
    return build_schema(region).as_str() + "\n"
