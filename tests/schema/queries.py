"""Queries that hypothesis makes out of a schema: valid ones, with values right and wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

LIKELY = {"last": 4, "before": 4, "after": 12}
"""In a hundred; a cursor of another order is refused, and two ends at once are."""

DEEPEST = 5
SKIPPED = frozenset({"applicant"})
"""Reading them writes: the second of two executors would find another journal."""
UNSTEADY = frozenset({"upkeep"})
"""They tell of the machine at this very moment: the second finds another room on its disks."""


@dataclass(frozen=True)
class Query:
    text: str
    variables: Mapping[str, Any]


@dataclass
class Writer:
    """Writes one query. `pools` has likely values of arguments by their names or types."""

    schema: GraphQLSchema
    pools: Mapping[str, Sequence[Any]]
    draw: Any
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0

    def query(self) -> Query:
        root = self.schema.query_type
        assert root is not None
        chosen = self.draw(st.lists(st.sampled_from(self.roots()), min_size=1, max_size=2))
        if self.chance(20):
            any_root = st.lists(st.sampled_from(self.steady()), min_size=1, max_size=2)
            chosen = self.draw(st.permutations([*chosen, *self.draw(any_root)]))
        body = " ".join(self.root(root, name) for name in chosen)
        if self.chance(3):
            body += " __typename"
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        text = "\n".join([f"query Generated{declared} {{ {body} }}", *self.fragments])
        return Query(text, self.variables)

    def root(self, query: Any, name: str) -> str:
        """A root field, sometimes in a fragment."""
        written = self.field(name, query.fields[name], 0)
        return self.fragment(query, written) if self.chance(10) else written

    def roots(self) -> list[str]:
        """Every root field; those that show rows come oftener."""
        often = ["appeals", "appeals", "appeal", "bodies", "persons", "appealCounts"]
        return [*self.steady(), *often * 30]

    def steady(self) -> list[str]:
        assert self.schema.query_type is not None
        return [name for name in self.schema.query_type.fields if name not in UNSTEADY]

    def selection(self, kind: Any, depth: int) -> str:
        if isinstance(kind, GraphQLUnionType):
            return self.on_types(kind.types, depth)
        names = [n for n in kind.fields if n not in SKIPPED and self.fits(kind.fields[n], depth)]
        several = st.lists(st.sampled_from(names), min_size=1, max_size=5)
        chosen = self.draw(several) if names else []
        parts = [self.field(name, kind.fields[name], depth) for name in chosen] or ["__typename"]
        if isinstance(kind, GraphQLInterfaceType):
            parts.append(self.on_types(self.schema.get_possible_types(kind), depth))
        elif self.chance(15):
            parts.append("__typename")
        if self.chance(15):
            return self.fragment(kind, " ".join(parts))
        return " ".join(parts)

    def fits(self, found: GraphQLField, depth: int) -> bool:
        return is_leaf_type(get_named_type(found.type)) or depth < DEEPEST

    def on_types(self, kinds: Sequence[Any], depth: int) -> str:
        chosen = self.draw(st.lists(st.sampled_from(list(kinds)), max_size=2))
        parts = [f"... on {kind.name} {{ {self.selection(kind, depth + 1)} }}" for kind in chosen]
        return " ".join(["__typename", *parts])

    def fragment(self, kind: Any, body: str) -> str:
        if self.chance(50):
            on = self.draw(st.sampled_from(["", f"on {kind.name}"]))
            return f"... {on}{self.condition()} {{ {body} }}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {kind.name} {{ {body} }}")
        spread = f"...{name}{self.condition()}"
        return f"{spread} ...{name}" if self.chance(20) else spread

    def field(self, name: str, found: GraphQLField, depth: int) -> str:
        given = [(n, a) for n, a in found.args.items() if self.wanted(n, a)]
        written = ", ".join(f"{n}: {self.argument(self.pool(name, n), a)}" for n, a in given)
        arguments = f"({written})" if given else ""
        alias = ""
        kind = get_named_type(found.type)
        if given or not is_leaf_type(kind) or self.chance(10):
            self.aliases += 1
            alias = f"a{self.aliases}: " if given or self.chance(60) else ""
        inside = "" if is_leaf_type(kind) else f" {{ {self.selection(kind, depth + 1)} }}"
        return f"{alias}{name}{arguments}{self.condition()}{inside}"

    def condition(self) -> str:
        if not self.chance(8):
            return ""
        value = self.draw(st.booleans())
        written = str(value).lower()
        if self.chance(50):
            written = self.variable("Boolean!" if self.chance(70) else "Boolean! = true", value)
        return f" @{self.draw(st.sampled_from(['skip', 'include']))}(if: {written})"

    def pool(self, field: str, argument: str) -> str:
        """Where likely values of an argument stand: under the field's name, if it has its own."""
        own = f"{field}.{argument}"
        return own if own in self.pools else argument

    def wanted(self, name: str, argument: GraphQLArgument) -> bool:
        likely = LIKELY.get(name, 45)
        return isinstance(argument.type, GraphQLNonNull) or self.chance(likely)

    def argument(self, name: str, argument: GraphQLArgument) -> str:
        value = self.value(name, argument.type)
        if self.chance(50):
            return self.variable(str(argument.type), value)
        return self.literal(value, argument.type)

    def variable(self, kind: str, value: Any) -> str:
        name = f"v{len(self.declared)}"
        self.declared.append(f"${name}: {kind}")
        if value is not None or self.chance(50):
            self.variables[name] = value
        return f"${name}"

    def value(self, name: str, kind: Any) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self.present(name, kind.of_type)
        return None if self.chance(10) else self.present(name, kind)

    def present(self, name: str, kind: Any) -> Any:
        if isinstance(kind, GraphQLList):
            size = self.draw(st.integers(0, 3))
            return [self.present(name, get_named_type(kind)) for _ in range(size)]
        if isinstance(kind, GraphQLInputObjectType):
            fields = kind.fields.items()
            return {n: self.value(n, f.type) for n, f in fields if self.needed(f.type)}
        if isinstance(kind, GraphQLEnumType):
            return self.draw(st.sampled_from([*kind.values]))
        pool = self.pools.get(name) or self.pools.get(kind.name) or ["x"]
        return self.draw(st.sampled_from(list(pool)))

    def needed(self, kind: Any) -> bool:
        return isinstance(kind, GraphQLNonNull) or self.chance(18)

    def literal(self, value: Any, kind: Any) -> str:
        kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if value is None:
            return "null"
        if isinstance(value, list):
            return f"[{', '.join(self.literal(item, kind.of_type) for item in value)}]"
        if isinstance(value, dict):
            fields = (f"{n}: {self.literal(v, kind.fields[n].type)}" for n, v in value.items())
            return f"{{{', '.join(fields)}}}"
        if isinstance(kind, GraphQLEnumType):
            return str(value)
        if isinstance(value, bool):
            return str(value).lower()
        return f'"{value}"' if isinstance(value, str) else str(value)

    def chance(self, percent: int) -> bool:
        """Scrambled, for hypothesis likes the ends of a range; it shrinks to no."""
        return bool(self.draw(st.integers(0, 9_999)) * 7_919 % 100 >= 100 - percent)


@st.composite
def queries(draw: Any, schema: GraphQLSchema, pools: Mapping[str, Sequence[Any]]) -> Query:
    return Writer(schema, pools, draw).query()
