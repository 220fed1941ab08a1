"""For every root field the largest operation that is let in: all it shows, all it takes at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
ONE_OF = bytes(LETTERS.encode("koi8-r")[byte % len(LETTERS)] for byte in range(256))
"""Of each byte a letter: to draw bytes takes far less time than to choose letters."""

MARKS = ("\u0345", "\u0334")
LONG = 1_000
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


def largest(
    schema: GraphQLSchema, known: Known, fits: Fits, *, every: bool = True
) -> Iterator[Largest]:
    """Each root field with the longest of all values; then with known ones, and no filter of lists.

    What is asked for is the deepest selection that fits, of long pages and of usual ones; where
    long texts are taken, once more with texts that are hard to read. Where not `every` one is
    wanted, the first field has the first of these, the second the second, and so on in a circle.
    """
    fields = [
        (kind, name)
        for kind in (schema.query_type, schema.mutation_type)
        if kind is not None
        for name in kind.fields
    ]
    for place, (kind, name) in enumerate(fields):
        pages = (200, 20) if "first" in kind.fields[name].args else (200,)
        shapes = [({}, 200, True), *((known, page, False) for page in pages)]
        for given, page, whole in shapes if every else [shapes[place % len(shapes)]]:
            values = Values(Random(name), given, page)
            made = _operation(schema, kind, name, values, fits, whole=whole)
            yield made
            if whole and any(len(one) > LONG for one in _texts(made.variables)):
                hard = replace(values, crowded=True)
                yield _operation(schema, kind, name, hard, fits, whole=whole)


def _texts(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping | list):
        for one in given.values() if isinstance(given, Mapping) else given:
            yield from _texts(one)


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
    own = {n: (a.type, values.of(a.type, f"{kind.name}.{name}.{n}")) for n, a in taken.items()}
    passed = ", ".join(f"{n}: ${n}" for n in taken)
    asks = kind is schema.query_type
    head, deepest = ("query", DEEPEST) if asks else ("mutation", DEEPEST_CHANGED)
    asked = f"{name}{f'({passed})' if passed else ''}"
    inner = Inner(values)
    for under in selections(schema, found, deepest, inner):
        given = own | inner.given
        declared = ", ".join(f"${n}: {kind}" for n, (kind, _) in given.items())
        text = f"{head} Largest{f'({declared})' if declared else ''} {{ {asked} {under} }}"
        variables = {n: value for n, (_, value) in given.items()}
        if fits(text, variables):
            return Largest(name, text, variables)
    raise AssertionError(f"no selection of {name} fits")


@dataclass
class Inner:
    """Arguments of fields below the root: a variable for each, with its type and its value."""

    values: Values
    given: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def passed(self, kind: str, name: str, found: GraphQLField) -> str:
        """The arguments of the field as they stand in the document."""
        said = []
        for argument, taken in found.args.items():
            variable = f"{kind}_{name}_{argument}"
            coordinate = f"{kind}.{name}.{argument}"
            self.given[variable] = taken.type, self.values.of(taken.type, coordinate)
            said.append(f"{argument}: ${variable}")
        return f"({', '.join(said)})" if said else ""


def selections(
    schema: GraphQLSchema, found: GraphQLField, deepest: int, inner: Inner | None = None
) -> Iterator[str]:
    """Everything under a field, from as deep as may be to nothing; without `inner` no arguments."""
    kind = get_named_type(found.type)
    if is_leaf_type(kind):
        yield ""
        return
    for depth in range(deepest, 0, -1):
        budget = [MOST_FIELDS]
        if inner is not None:
            inner.given.clear()
        text = _selected(schema, kind, depth, budget, inner)
        if budget[0] > 0:
            yield text
    if inner is not None:
        inner.given.clear()
    yield "{ __typename }"


def _selected(
    schema: GraphQLSchema, kind: Any, depth: int, budget: list[int], inner: Inner | None
) -> str:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        # Fields of several types may not merge: the largest of them stands for all.
        kinds = schema.get_possible_types(kind)
        most = max(kinds, key=lambda one: (one.name != "Refusal", len(one.fields)))
        under = _selected(schema, most, depth, budget, inner)
        return f"{{ __typename ... on {most.name} {under} }}"
    parts = ["__typename"]
    for name, found in kind.fields.items() if budget[0] > 0 else ():
        inside = get_named_type(found.type)
        if inner is None and any(isinstance(a.type, GraphQLNonNull) for a in found.args.values()):
            continue
        if not is_leaf_type(inside) and depth == 1:
            budget[0] -= 1
            continue
        said = name if inner is None else f"{name}{inner.passed(kind.name, name, found)}"
        if is_leaf_type(inside):
            parts.append(said)
        else:
            parts.append(f"{said} {_selected(schema, inside, depth - 1, budget, inner)}")
        budget[0] -= 1
    return f"{{ {' '.join(parts)} }}"


@dataclass(frozen=True)
class Values:
    """The largest values that the bounds let in, words of them unlike each other."""

    random: Random
    known: Known
    page: int
    longest: int = TEXT
    crowded: bool = False
    """Of thousands of marks above and below one letter, which normalising has to put in order."""

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
        if self.crowded:
            return ("а" + MARKS[0] * (size // 2) + MARKS[1] * (size // 2))[:size]
        letters = bytearray(self.random.randbytes(size).translate(ONE_OF))
        letters[5::6] = b" " * len(letters[5::6])
        return letters.decode("koi8-r")


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
