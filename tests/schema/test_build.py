"""Subjects hand over all that they have of the API; the whole is only gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import strawberry
from graphql import GraphQLEnumType, GraphQLObjectType

from core.appeals.batches.model import Batch
from core.appeals.classifier.model import Category
from core.appeals.duplicates.model import Cluster
from core.appeals.model import Appeal
from core.appeals.tabulations.model import Tabulation
from core.attachments.model import Attachment
from core.directory.model import Body, Person
from core.documents.model import Document
from core.indicators.model import Indicator
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.law.traceability import Kind as ServerKind
from core.mailbox.model import Letter
from core.partners.model import Dealing
from core.problems.model import Problem, Sighting
from core.requests.model import MaterialRequest
from core.summaries.model import Summary
from core.workload.model import StaffingProposal
from schema.build import SUBJECTS, build_schema, schema_of, subjects_of
from schema.directory.loaders import BODIES_BY_KEY
from schema.graphql.enums import ENUMS
from schema.graphql.fields import field
from schema.graphql.guards import public
from schema.graphql.loaders import Rows
from schema.graphql.subject import NodeKind, SubjectSchema
from tests.schema.conftest import Api


def reads(region: Region) -> Iterator[Rows]:
    """The rows that the declarations of fields name."""
    for kind in build_schema(region)._schema.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            for found in kind.fields.values():
                definition: Any = found.extensions.get("strawberry-definition")
                resolver = definition and definition.base_resolver
                declared = getattr(resolver and resolver.wrapped_func, "reads", None)
                if declared is not None and declared.rows is not None:
                    yield declared.rows


async def test_every_enum_of_the_api_is_handed_over_once(kursk: Region) -> None:
    subjects = (*SUBJECTS, *subjects_of(kursk))
    handed = Counter([*ENUMS, ServerKind, *(e for s in subjects for e in s.enums)])
    served = {
        kind.extensions["strawberry-definition"].wrapped_cls
        for name, kind in build_schema(kursk)._schema.type_map.items()
        if isinstance(kind, GraphQLEnumType) and not name.startswith("__")
    }
    assert served == set(handed)
    assert set(handed.values()) == {1}


async def test_all_rows_that_fields_read_are_handed_over(kursk: Region) -> None:
    subjects = (*SUBJECTS, *subjects_of(kursk))
    handed = Counter(rows for subject in subjects for rows in subject.loaders)
    assert set(reads(kursk)) - set(handed) == set()
    assert set(handed.values()) == {1}
    nodes = [kind for subject in subjects for kind in subject.nodes]
    assert {kind.rows for kind in nodes} - set(handed) == set()


def test_what_node_finds_and_for_whom() -> None:
    nodes = {kind.name: kind for subject in SUBJECTS for kind in subject.nodes}
    assert {name: (kind.rows.model, kind.permission) for name, kind in nodes.items()} == {
        "Appeal": (Appeal, Permission.READ_APPEALS),
        "Attachment": (Attachment, Permission.READ_CONTENT),
        "Batch": (Batch, Permission.READ_APPEALS),
        "Body": (Body, None),
        "Category": (Category, None),
        "Cluster": (Cluster, None),
        "Dealing": (Dealing, Permission.READ_DOCUMENTS),
        "Document": (Document, Permission.READ_DOCUMENTS),
        "Indicator": (Indicator, Permission.READ_APPEALS),
        "Letter": (Letter, Permission.READ_APPEALS),
        "MaterialRequest": (MaterialRequest, Permission.READ_APPEALS),
        "Person": (Person, None),
        "Problem": (Problem, Permission.READ_APPEALS),
        "Sighting": (Sighting, Permission.READ_APPEALS),
        "StaffingProposal": (StaffingProposal, Permission.READ_WORKLOAD),
        "Summary": (Summary, Permission.READ_DOCUMENTS),
        "Tabulation": (Tabulation, None),
    }
    assert [name for name, kind in nodes.items() if kind.shown_by is not None] == ["Cluster"]


@strawberry.type
class AddedQuery:
    added: str = field("Поле слоя", lambda: "слой", public())


async def test_a_layer_adds_fields_and_nodes_by_its_schema_alone() -> None:
    added = SubjectSchema(queries=(AddedQuery,), nodes=(NodeKind("Organ", BODIES_BY_KEY),))
    schema = schema_of((added,))
    assert schema_of((added,)) is schema
    assert (await schema.execute("{ added }")).data == {"added": "слой"}
    query = schema._schema.query_type
    assert query is not None
    assert [*query.fields][-2:] == ["nodes", "added"]


@pytest.mark.parametrize("kind", ["Appointment", "Nothing"])
async def test_a_kind_that_is_no_node_is_nothing(api: Api, kind: str) -> None:
    number = strawberry.relay.to_base64(kind, "1")
    assert await api.data(f'{{ node(id: "{number}") {{ id }} }}', "curator") == {"node": None}
