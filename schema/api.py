"""All of the API that the layers of law may build on: they import only this of `schema`."""

from __future__ import annotations

from schema.appeal import Appeal
from schema.context import Context, Info
from schema.directory import Body
from schema.enums import describe
from schema.errors import Refusal
from schema.fields import Input, field, optional
from schema.guards import needs, public
from schema.ids import Node, decode_id
from schema.law import Clause
from schema.loaders import BODIES, Rows
from schema.paging import After, Before, Connection, First, Last, Window
from schema.parts import GraphQLPart
from schema.reading import derived, related
from schema.rules import Municipality
from schema.seeking import Sought, seeks
from schema.steps import AppealResult, ReasonedInput, StepInput

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
    "GraphQLPart",
    "Info",
    "Input",
    "Last",
    "Municipality",
    "Node",
    "ReasonedInput",
    "Refusal",
    "Rows",
    "Sought",
    "StepInput",
    "Window",
    "decode_id",
    "derived",
    "describe",
    "field",
    "needs",
    "optional",
    "public",
    "related",
    "seeks",
]
