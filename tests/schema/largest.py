"""For every root field the largest operation that is let in: all it shows, all it takes at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from schema.graphql.documents.bounds import TEXT, bound_of

LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"
LEFT_OUT = frozenset({"last", "before", "after"})
"""Of a page one end is asked for; a cursor is another list's unless it is this list's own."""

MOST_FIELDS = 900
DEEPEST, DEEPEST_CHANGED = 5, 2
LONGEST_LISTED = 300
"""Of a text in a list: a body of a million bytes has no room for more of each."""


@dataclass(frozen=True)
class Largest:
    """An operation over one root field."""

    field: str
    text: str
    variables: Mapping[str, Any]


Known = Mapping[str, Any]
"""Values that exist, by the names of arguments: with them a use case goes further."""


Fits = Callable[[str, Mapping[str, Any]], bool]
"""Whether a document is within the limits of an operation."""


def largest(schema: GraphQLSchema, known: Known, fits: Fits) -> Iterator[Largest]:
    """Each root field with the longest of all values; then with known ones, and no filter of lists.

    What is asked for is the deepest selection that fits, of long pages and of usual ones.
    """
    for kind in (schema.query_type, schema.mutation_type):
        assert kind is not None
        for name, found in kind.fields.items():
            paged = "first" in found.args
            for given, page, whole in (({}, 200, True), (known, 200, False), (known, 20, False)):
                if paged or page > 20:
                    values = Values(Random(name), given, page)
                    yield _operation(schema, kind, name, values, fits, whole=whole)


def _operation(
    schema: GraphQLSchema,
    kind: GraphQLObjectType,
    name: str,
    values: Values,
    fits: Fits,
    *,
    whole: bool,
) -> Largest:
    found = kind.fields[name]
    taken = {
        n: a
        for n, a in found.args.items()
        if isinstance(a.type, GraphQLNonNull) or (n not in LEFT_OUT and (whole or n == "first"))
    }
    variables = {n: values.of(a.type, f"{kind.name}.{name}.{n}") for n, a in taken.items()}
    declared = ", ".join(f"${n}: {a.type}" for n, a in taken.items())
    passed = ", ".join(f"{n}: ${n}" for n in taken)
    asks = kind is schema.query_type
    head, deepest = ("query", DEEPEST) if asks else ("mutation", DEEPEST_CHANGED)
    named = f"{head} Largest{f'({declared})' if declared else ''}"
    field = f"{name}{f'({passed})' if passed else ''}"
    texts = (f"{named} {{ {field} {under} }}" for under in selections(schema, found, deepest))
    fitting = (text for text in texts if fits(text, variables))
    return Largest(name, next(fitting), variables)


def selections(schema: GraphQLSchema, found: GraphQLField, deepest: int) -> Iterator[str]:
    """Everything under a field, from as deep as may be to nothing."""
    kind = get_named_type(found.type)
    if is_leaf_type(kind):
        yield ""
        return
    for depth in range(deepest, 0, -1):
        budget = [MOST_FIELDS]
        text = _selected(schema, kind, depth, budget)
        if budget[0] > 0:
            yield text
    yield "{ __typename }"


def _selected(schema: GraphQLSchema, kind: Any, depth: int, budget: list[int]) -> str:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        # Fields of several types may not merge: the largest of them stands for all.
        kinds = schema.get_possible_types(kind)
        most = max(kinds, key=lambda one: (one.name != "Refusal", len(one.fields)))
        return f"{{ __typename ... on {most.name} {_selected(schema, most, depth, budget)} }}"
    parts = ["__typename"]
    for name, field in kind.fields.items() if budget[0] > 0 else ():
        inside = get_named_type(field.type)
        if any(isinstance(a.type, GraphQLNonNull) for a in field.args.values()):
            continue
        if is_leaf_type(inside):
            parts.append(name)
        elif depth > 1:
            parts.append(f"{name} {_selected(schema, inside, depth - 1, budget)}")
        budget[0] -= 1
    return f"{{ {' '.join(parts)} }}"


@dataclass(frozen=True)
class Values:
    """The largest values that the bounds let in, words of them unlike each other."""

    random: Random
    known: Known
    page: int
    longest: int = TEXT

    def of(self, kind: Any, coordinate: str) -> Any:
        name = coordinate.rpartition(".")[2]
        if isinstance(kind, GraphQLNonNull):
            return self.of(kind.of_type, coordinate)
        if isinstance(kind, GraphQLList):
            return self._list(kind.of_type, coordinate)
        if isinstance(kind, GraphQLInputObjectType):
            fields = kind.fields.items()
            return {n: self.of(f.type, f"{kind.name}.{n}") for n, f in fields}
        if name in self.known:
            return self.known[name]
        if isinstance(kind, GraphQLEnumType):
            return self.random.choice(sorted(kind.values))
        return SCALARS[kind.name](self, coordinate, kind.name)

    def _list(self, kind: Any, coordinate: str) -> list[Any]:
        inside = get_named_type(kind)
        if isinstance(inside, GraphQLEnumType):
            return sorted(inside.values)
        most = 20 if isinstance(inside, GraphQLInputObjectType) else bound_of(coordinate, "").items
        if self.longest == LONGEST_LISTED:
            most = 3  # more lists in lists than the body of a request may be long
        items = replace(self, longest=LONGEST_LISTED)
        return [items.of(kind, coordinate) for _ in range(most)]

    def text(self, coordinate: str, kind: str) -> str:
        size = min(bound_of(coordinate, kind).characters, self.longest)
        words = ("".join(self.random.choices(LETTERS, k=5)) for _ in range(size // 6 + 1))
        return " ".join(words)[:size]


SCALARS: Mapping[str, Callable[[Values, str, str], Any]] = {
    "String": Values.text,
    "ID": Values.text,
    "Int": lambda values, coordinate, _: (
        values.page if coordinate.endswith(("first", "most")) else 2**31 - 1
    ),
    "Float": lambda *_: 1e300,
    "Boolean": lambda *_: True,
    "Date": lambda _, coordinate, __: "2199-12-31" if "until" in coordinate else "1900-01-01",
    "DateTime": lambda _, coordinate, __: (
        "2199-12-31T23:59:59Z" if "before" in coordinate.lower() else "1900-01-01T00:00:00Z"
    ),
    "Decimal": lambda *_: "999999999999.999999",
}
