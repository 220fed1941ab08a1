"""The schema of one region: the subjects of the product and what the region's layers add."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from core.kernel.region import Region
from schema.appeals.schema import SCHEMA as APPEALS
from schema.attachments.schema import SCHEMA as ATTACHMENTS
from schema.directory.schema import SCHEMA as DIRECTORY
from schema.documents.schema import SCHEMA as DOCUMENTS
from schema.graphql.errors import RefusalHandler
from schema.graphql.scalars import SCALARS
from schema.graphql.subject import SubjectSchema
from schema.indicators.schema import SCHEMA as INDICATORS
from schema.law.schema import SCHEMA as LAW
from schema.mailbox.schema import SCHEMA as MAILBOX
from schema.nodes import node_query
from schema.obligations.schema import SCHEMA as OBLIGATIONS
from schema.operation.schema import SCHEMA as OPERATION
from schema.partners.schema import SCHEMA as PARTNERS
from schema.problems.schema import SCHEMA as PROBLEMS
from schema.ratings.schema import SCHEMA as RATINGS
from schema.requests.schema import SCHEMA as REQUESTS
from schema.structure.schema import SCHEMA as STRUCTURE
from schema.subscriptions.schema import SCHEMA as SUBSCRIPTIONS
from schema.summaries.schema import SCHEMA as SUMMARIES
from schema.workload.schema import SCHEMA as WORKLOAD

SUBJECTS = (
    LAW,
    DIRECTORY,
    APPEALS,
    ATTACHMENTS,
    MAILBOX,
    OPERATION,
    INDICATORS,
    WORKLOAD,
    STRUCTURE,
    DOCUMENTS,
    OBLIGATIONS,
    REQUESTS,
    PARTNERS,
    SUMMARIES,
    RATINGS,
    PROBLEMS,
    SUBSCRIPTIONS,
)
"""What every region has, in the order of the SDL's root fields."""


def subjects_of(region: Region) -> tuple[SubjectSchema, ...]:
    """What the region's layers add to the product's own subjects."""
    return tuple(import_module(name).SCHEMA for name in region.graphql)


def build_schema(region: Region) -> strawberry.Schema:
    """The schema that this region serves; regions whose layers add the same share one."""
    return schema_of(subjects_of(region))


class Schema(strawberry.Schema):
    """Says nothing of errors by itself: where they are shown they are masked, and told of once."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Strawberry would write the whole operation into the log."""
        del errors, execution_context


@cache
def schema_of(added: tuple[SubjectSchema, ...]) -> strawberry.Schema:
    """The product's subjects and these, as one schema."""
    every = (*SUBJECTS, *added)
    node = node_query(kind for subject in every for kind in subject.nodes)
    own, theirs = ([q for s in some for q in s.queries] for some in (SUBJECTS, added))
    return Schema(
        query=merge_types("Query", (*own, node, *theirs)),
        mutation=merge_types("Mutation", tuple(m for s in every for m in s.mutations)),
        subscription=merge_types("Subscription", tuple(o for s in every for o in s.subscriptions)),
        exception_handlers=[RefusalHandler()],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )


def print_schema_for(region: Region) -> str:
    """The region's schema in the schema definition language, with a line feed at the end."""
    return build_schema(region).as_str() + "\n"
