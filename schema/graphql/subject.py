"""What a subject hands over to the API: all that it has of it, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.codes import Permission
from core.law.russian import Code
from schema.graphql.loaders import Rows


@dataclass(frozen=True, slots=True)
class NodeKind:
    """Rows that `node(id)` finds, by the name that stands in their global ids.

    Only for who has the permission, if one is named, and, where `shown_by` is, only while the
    actor may see a row of those that belong to this one.
    """

    name: str
    rows: Rows
    permission: Permission | None = None
    shown_by: Rows | None = None


@dataclass(frozen=True, slots=True)
class SubjectSchema:
    """A subject of the API, or what a layer of law adds to it; hashable, the same at any time.

    Root fields are classes of Strawberry's, each in the order in which the SDL prints them.
    `enums` are codes that `described` has made GraphQL enums of.
    """

    queries: tuple[type, ...] = ()
    mutations: tuple[type, ...] = ()
    subscriptions: tuple[type, ...] = ()
    nodes: tuple[NodeKind, ...] = ()
    loaders: tuple[Rows, ...] = ()
    enums: tuple[type[Code], ...] = ()
