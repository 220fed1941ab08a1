"""All of the API that the layers of law may build on: they import only this of `schema`."""

from __future__ import annotations

import core.law.retired
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, ReasonedInput, StepInput
from schema.appeals.types import Appeal
from schema.directory.loaders import BODIES
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Context, Info
from schema.graphql.enums import described
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by, public
from schema.graphql.ids import Node, decode_id
from schema.graphql.loaders import Rows
from schema.graphql.lookups import RowQuery, lookup
from schema.graphql.paging import After, Before, Connection, First, Last, Window
from schema.graphql.resolvers import derived, related
from schema.graphql.subject import NodeKind, SubjectSchema
from schema.law.types import Municipality

__all__ = [
    "BODIES",
    "After",
    "Appeal",
    "AppealResult",
    "Before",
    "Body",
    "Clause",
    "Connection",
    "Context",
    "First",
    "Info",
    "Input",
    "Last",
    "Municipality",
    "Node",
    "NodeKind",
    "ReasonedInput",
    "Refusal",
    "RowQuery",
    "Rows",
    "StepInput",
    "SubjectSchema",
    "Window",
    "decode_id",
    "derived",
    "described",
    "field",
    "lookup",
    "needs",
    "optional",
    "ordered_by",
    "public",
    "related",
    "takes",
]

RETIRED: tuple[core.law.retired.Retired, ...] = ()
"""Names that a release still keeps and another drops, as docs/layer.md lists them."""

core.law.retired.keep(__name__, RETIRED)
