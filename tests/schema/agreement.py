"""Whether what resolvers give is what the fields of the API promise, found out from annotations.

It begins at the root fields and follows each value down: the row that a resolver returns, a loader
finds or an attribute holds is what the fields of its type are resolved from. Nothing is run but
lambdas, on a `Probe` that knows types alone.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)
from sqlalchemy.orm import InstrumentedAttribute
from strawberry.types.field import StrawberryField

from core.db.database import Base
from core.kernel import errors as core
from schema.graphql.loaders import Rows
from schema.graphql.paging import Connection, Marks, Page, Place
from schema.graphql.resolvers import Reads
from tests.schema.annotations import (
    Text,
    attribute,
    kinds_of,
    returned,
    said,
    without_none,
)

STRAWBERRY = "strawberry-definition"
SCALARS: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "ID": (str,),
    "Int": (int,),
    "Float": (float, int),
    "Boolean": (bool,),
    "DateTime": (datetime,),
    "Date": (date,),
    "Decimal": (Decimal,),
}


NARROWER: dict[type, type] = {int: bool, float: bool, date: datetime}
"""Python calls these subclasses, the API does not."""


@dataclass
class Agreement:
    """What disagrees, and what cannot be told, for an annotation says Any; with where it is."""

    schema: GraphQLSchema
    nodes: Sequence[Rows] = ()
    wrong: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    resolved: dict[str, set[Any]] = field(default_factory=dict)

    def follow(self) -> Agreement:
        """From every root field down."""
        schema = self.schema
        for root in (schema.query_type, schema.mutation_type, schema.subscription_type):
            if root is not None:
                self.resolve(root, NoneType)
        refusal = self.schema.type_map.get("Refusal")
        if isinstance(refusal, GraphQLObjectType):
            self.resolve(refusal, core.Refusal)
        return self

    def resolve(self, kind: GraphQLObjectType, row: Any) -> None:
        """Check the fields of a type that is resolved from this class, once."""
        if row in self.resolved.setdefault(kind.name, set()):
            return
        self.resolved[kind.name].add(row)
        if kind.is_type_of is not None and not kind.is_type_of(_blank(row), None):  # type: ignore[arg-type]
            self.wrong.append(f"{kind.name}: is no type of {said(row)}")
        for name, found in kind.fields.items():
            at = f"{kind.name}.{name}"
            definition: StrawberryField = found.extensions[STRAWBERRY]
            try:
                value = self._value(definition, row, at)
            except AttributeError as error:
                self.wrong.append(f"{at}: {error}")
            else:
                self.compare(found.type, value, at)

    def compare(self, promised: Any, given: Any, at: str) -> None:
        """Check that a value of this Python type is what the field promises, and follow it."""
        if get_origin(given) is AsyncIterator:  # of a subscription: one value after another
            (given,) = get_args(given)
        if given is Any:
            self.unknown.add(at)
            return
        given, optional = without_none(given)
        if isinstance(promised, GraphQLNonNull):
            if optional:
                self.wrong.append(f"{at}: promised, but may be None")
            promised = promised.of_type
        if given is NoneType:
            return
        if isinstance(promised, GraphQLList):
            self._compare_items(promised, given, at)
        elif isinstance(promised, (GraphQLScalarType, GraphQLEnumType)):
            self._compare_leaf(promised, given, at)
        else:
            self._compare_object(promised, given, at)

    def _compare_items(self, promised: Any, given: Any, at: str) -> None:
        origin = get_origin(given) or given
        if not (inspect.isclass(origin) and issubclass(origin, Collection)) or origin is str:
            self.wrong.append(f"{at}: a list, not {said(given)}")
            return
        items = [one for one in get_args(given) if one is not Ellipsis] or [Any]
        for item in items:
            self.compare(promised.of_type, item, f"{at}[]")

    def _compare_leaf(self, promised: Any, given: Any, at: str) -> None:
        if isinstance(promised, GraphQLEnumType):
            wanted: tuple[type, ...] = (promised.extensions[STRAWBERRY].wrapped_cls, Text)
        else:
            wanted = SCALARS[promised.name]
        kinds = kinds_of(given)
        for kind in kinds:
            narrower = NARROWER.get(wanted[0])
            fits = inspect.isclass(kind) and issubclass(kind, wanted)
            if not fits or (narrower is not None and issubclass(kind, narrower)):
                self.wrong.append(f"{at}: {promised.name}, not {said(kind)}")

    def _compare_object(self, promised: Any, given: Any, at: str) -> None:
        for row in self._rows(given):
            kinds = self._possible(promised, row)
            if len(kinds) != 1:
                self.wrong.append(f"{at}: {len(kinds)} types of {promised.name} for {said(row)}")
            elif get_origin(row) is Page:
                self._compare_page(kinds[0], get_args(row)[0], at)
            elif hasattr(row, "__strawberry_definition__"):
                self.resolved.setdefault(kinds[0].name, set()).add(row)
            else:
                self.resolve(kinds[0], row)

    def _rows(self, given: Any) -> Iterator[Any]:
        """A node may be of any table; an exception in a list is an error of its place."""
        for kind in kinds_of(given):
            if kind is Base:
                yield from (rows.model for rows in self.nodes)
            elif not (inspect.isclass(kind) and issubclass(kind, Exception)):
                yield kind

    def _compare_page(self, kind: GraphQLObjectType, row: Any, at: str) -> None:
        edge, marks = (get_named_type(kind.fields[name].type) for name in ("edges", "pageInfo"))
        assert isinstance(edge, GraphQLObjectType)
        assert isinstance(marks, GraphQLObjectType)
        for made, of in ((kind, Page), (edge, Place)):
            self.resolved.setdefault(made.name, set()).add(of)
        self.compare(get_named_type(kind.fields["nodes"].type), row, f"{at}.nodes")
        self.resolve(marks, Marks)

    def _possible(self, promised: Any, row: Any) -> list[GraphQLObjectType]:
        """The types that a row can be where this type is promised."""
        if isinstance(promised, GraphQLObjectType):
            return [promised]
        assert isinstance(promised, (GraphQLInterfaceType, GraphQLUnionType))
        own = getattr(row, "__strawberry_definition__", None)
        kinds = self.schema.get_possible_types(promised)
        if own is not None:
            return [kind for kind in kinds if kind.name == own.name]
        return [k for k in kinds if k.is_type_of and k.is_type_of(_blank(row), None)]  # type: ignore[arg-type]

    def _value(self, definition: StrawberryField, row: Any, at: str) -> Any:
        """The Python type of a field's value; AttributeError where the row has nothing for it."""
        resolver = definition.base_resolver
        if resolver is None:
            return attribute(row, definition.python_name)
        function: Any = resolver.wrapped_func
        reads: Reads | None = getattr(function, "reads", None)
        if reads is not None:
            return self._read(reads, row, at)
        if (lookup := getattr(function, "lookup", None)) is not None:
            return _row_query(lookup, get_named_type(self.schema_type(at).type))
        self._takes(function, row, at)
        return returned(function, row)

    def schema_type(self, at: str) -> GraphQLField:
        """The field of this place."""
        kind, _, name = at.rpartition(".")
        found: Any = self.schema.type_map[kind]
        wanted: GraphQLField = found.fields[name]
        return wanted

    def _read(self, reads: Reads, row: Any, at: str) -> Any:
        rows = reads.rows
        for column in reads.columns:
            if column is reads.by:
                continue
            own = getattr(column, "class_", row)
            if own is not row and (rows is None or own is not rows.model):
                self.wrong.append(f"{at}: reads {said(own)}, stands on {said(row)}")
        if rows is not None:
            self._keyed(reads, rows, row, at)
        if reads.give is not None:
            self._takes(reads.give, row, at)
            return returned(reads.give, row)
        assert rows is not None
        model: Any = rows.model
        if rows.order is not None:
            return list[model]
        return model if _always_found(reads.by, rows) else model | None

    def _keyed(self, reads: Reads, rows: Rows, row: Any, at: str) -> None:
        """Check that rows are looked for by a value that their key can have."""
        key, _ = without_none(attribute(rows.model, rows.key.key))
        key = str if key is Text else key
        by: Any = reads.by
        if isinstance(by, InstrumentedAttribute):
            if by.class_ is not row:
                self.wrong.append(f"{at}: keyed by {said(by.class_)}, stands on {said(row)}")
            given = attribute(by.class_, by.key)
        else:
            self._takes(by, row, at)
            given = returned(by, row)
        given, _ = without_none(given)
        if given is not key and not (key is str and given is Text):
            self.wrong.append(f"{at}: keys are {said(key)}, not {said(given)}")

    def _takes(self, function: Callable[..., Any], row: Any, at: str) -> None:
        """Check that a resolver is written for the row that it is given."""
        takes = kinds_of(get_type_hints(function).get("root", Any))
        wanted = tuple(get_origin(kind) or kind for kind in takes)
        if not all(inspect.isclass(kind) for kind in wanted):
            return
        if any(kind is Any or getattr(kind, "_is_protocol", False) for kind in wanted):
            return
        own = get_origin(row) or row
        if inspect.isclass(own) and not issubclass(own, wanted):
            named = " | ".join(said(kind) for kind in wanted)
            self.wrong.append(f"{at}: its resolver takes {named}, not {said(row)}")


def _row_query(lookup: Any, kind: Any) -> Any:
    """What a root field that seeks shows: a page, a row, or what is made of rows."""
    if lookup.model is None:
        return get_type_hints(lookup.make)["return"]
    generic = kind.extensions[STRAWBERRY].concrete_of
    if generic is not None and generic.origin is Connection:
        return Page[lookup.model]
    return lookup.model | None


def _always_found(by: Any, rows: Rows) -> bool:
    """Whether a column is never empty and refers to exactly these rows, by a foreign key."""
    if not isinstance(by, InstrumentedAttribute) or not rows.alone:
        return False
    (column,), (key,) = by.property.columns, rows.key.property.columns
    return not column.nullable and any(one.column is key for one in column.foreign_keys)


def _blank(row: Any) -> object:
    """An instance that nothing was done to, to ask whose type it is."""
    own = get_origin(row) or row
    return own.__new__(own) if inspect.isclass(own) and own is not NoneType else None
