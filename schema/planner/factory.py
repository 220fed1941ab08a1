"""A root field of a plan, made of what its declaration seeks and what is selected under it."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type
from graphql.execution.collect_fields import FieldDetailsList

from schema.graphql.documents.arguments import Arguments
from schema.graphql.lookups import Lookup
from schema.graphql.paging import Connection
from schema.planner.reasons import Reason, Unplanned
from schema.planner.roots import Given, Listed, Reckoned, Single
from schema.planner.selection import STRAWBERRY, Selector
from schema.planner.source import Row, Source

Root = Given | Reckoned | Single


def root_of(selector: Selector, query: GraphQLObjectType, details: FieldDetailsList) -> Root:
    """The compiled root field; Unplanned where it is not understood."""
    node = details[0].node
    at = f"{query.name}.{node.name.value}"
    found, definition = selector.definition(query, node)
    arguments = Arguments(selector.api, found, definition, node)
    resolver = definition.base_resolver
    function: Any = resolver and resolver.wrapped_func
    lookup: Lookup | None = getattr(function, "lookup", None)
    if getattr(function, "reckoned", False):
        text = selector.complete(found.type, "told", details)
        return Reckoned(arguments, function, selector.code.function("q, told", text))
    if lookup is None:
        text = selector.complete(found.type, selector.call(at, definition, "**given"), details)
        return Given(arguments, selector.code.function("q, given", text))
    kind: Any = get_named_type(found.type)
    if lookup.model is None:
        return _made(selector, lookup, arguments, details)
    row = Row(Source(lookup.model), lookup.model)
    generic = kind.extensions[STRAWBERRY].concrete_of if STRAWBERRY in kind.extensions else None
    if generic is not None and generic.origin is Connection:
        text, read, counted = selector.page(kind, details, row)
        build = selector.code.function("q, page", text)
        return Listed(arguments, lookup, row.source, build, read=read, counted=counted)
    if isinstance(found.type, GraphQLNonNull):
        raise Unplanned(Reason.PROMISED, at)
    build = selector.code.function("q, r", selector.object(kind, details, row))
    return Single(arguments, lookup, row.source, build)


def _made(
    selector: Selector, lookup: Lookup, arguments: Arguments, details: FieldDetailsList
) -> Single:
    """A root field whose value is made of rows that are of no table."""
    kind: Any = get_named_type(arguments.found.type)
    text = selector.complete(arguments.found.type, "made", details)
    build = selector.code.function("q, made", text)
    fields = selector.subfields(kind, details).values()
    asked = lookup.asked(field[0].node.name.value for field in fields)
    return Single(arguments, lookup, Source(None), build, asked)
