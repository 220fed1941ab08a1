"""The root fields that have no plan, as a document of their own for the ordinary executor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)

KEPT_SCHEMAS = 16


def reduced(
    document: DocumentNode, operation: OperationDefinitionNode, roots: Iterable[FieldNode]
) -> DocumentNode:
    """The document with this operation alone, and in it these root fields alone.

    Variables, fragments and whatever stands under the fields are as they were, and the nodes too:
    places and paths are told as of the whole document. Selections that @skip or @include decide
    must have been decided.
    """
    fragments = (d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
    selected = SelectionSetNode(selections=tuple(roots))
    return DocumentNode(definitions=(replace(operation, selection_set=selected), *fragments))


@lru_cache(KEPT_SCHEMAS)
def journalled_names(schema: GraphQLSchema) -> frozenset[str]:
    """The names of fields whose reading is journalled: `resolvers.journalled`."""
    return frozenset(
        name
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, found in kind.fields.items()
        if _is_journalled(found.extensions.get("strawberry-definition"))
    )


def mentions(
    document: DocumentNode, roots: Iterable[FieldNode], names: Collection[str]
) -> str | None:
    """The first field of these names under the roots, whatever type it stands on; else None."""
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    return _Search(fragments, names).under(roots)


async def together(*works: Coroutine[Any, Any, Any], stop: Callable[[], None]) -> list[Any]:
    """What all of these give, waited for side by side.

    Where one fails the others are told to `stop` and waited for, not cancelled: PostgreSQL's driver
    gives a connection up whose statement is cancelled, and a new one costs more than most answers.
    """
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return await asyncio.gather(*tasks)
    except Exception:
        stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def _is_journalled(definition: Any) -> bool:
    resolver = definition and definition.base_resolver
    return getattr(resolver and resolver.wrapped_func, "journalled", False)


class _Search:
    """Looks through fields and the fragments they spread, each fragment once."""

    def __init__(
        self, fragments: Mapping[str, FragmentDefinitionNode], names: Collection[str]
    ) -> None:
        self._fragments, self._names = fragments, names
        self._seen: set[str] = set()

    def under(self, nodes: Iterable[Node]) -> str | None:
        found: list[str] = []
        spread: list[str] = []
        names = self._names

        class Fields(Visitor):
            def enter_field(self, node: FieldNode, *_: Any) -> None:
                if node.name.value in names:
                    found.append(node.name.value)

            def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
                spread.append(node.name.value)

        for node in nodes:
            visit(node, Fields())
        fresh = [name for name in spread if name not in self._seen]
        self._seen.update(fresh)
        if found or not fresh:
            return next(iter(found), None)
        return self.under([self._fragments[name] for name in dict.fromkeys(fresh)])
