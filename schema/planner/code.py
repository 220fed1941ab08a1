"""Python written for one selection: expressions over a row, and the names they mention.

Only what stands in this package becomes text: templates, positions, response names (letters,
digits and `_` by the grammar of GraphQL) and generated names. Everything else is bound to a name.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType
from sqlalchemy import Boolean, Date, Dialect, Float, Integer, String
from sqlalchemy.types import BigInteger, TypeEngine

from core.db.cache import LIMIT
from core.db.database import UtcDateTime
from schema.graphql.scalars import READY, READY_NAMES, sqlite_moment
from schema.planner.reasons import Reason, Unplanned


class Code:
    """The names that generated expressions mention; `variables` are new ones."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._names: dict[str, Any] = {**READY_NAMES, "required": required}
        self._known: dict[int, str] = {}
        self.variables = map("o{}".format, count())

    def bind(self, value: Any, stem: str) -> str:
        """The name of a value in generated code."""
        if id(value) not in self._known:
            name = f"{stem}{len(self._names)}"
            self._names[name], self._known[id(value)] = value, name
        return self._known[id(value)]

    def named(self, value: str) -> tuple[str, str]:
        """A name to call an expression by, and the expression that gives it the name."""
        name = value if value.isidentifier() else next(self.variables)
        return name, value if value is name else f"({name} := {value})"

    def function(self, parameters: str, expression: str) -> Callable[..., Any]:
        """The function of these parameters that gives the expression."""
        source = f"lambda {parameters}: {expression}"
        made: Callable[..., Any] = eval(compile(source, "<plan>", "eval"), self._names)
        return made

    def python(self, kind: TypeEngine[Any], value: str) -> str:
        """A column's value as Python code takes it, as ORM objects would have it."""
        if isinstance(kind, Float):
            return value  # as both drivers give it; of PostgreSQL's it would be asked by row
        process = kind.dialect_impl(self.dialect).result_processor(self.dialect, None)
        return value if process is None else f"{self.bind(process, 'read')}({value})"

    def written(self, leaf: GraphQLLeafType, kind: TypeEngine[Any], value: str) -> str:
        """A column's value as the answer has it; what orjson writes by itself is left to it."""
        sqlite = self.dialect.name == "sqlite"
        if isinstance(leaf, GraphQLEnumType) and isinstance(kind, String):
            names = {None: None, **{code.value: name for name, code in leaf.values.items()}}
            return f"{self.bind(names, leaf.name)}[{value}]"
        match leaf.name, kind:
            case ("String" | "ID", String()) | ("Float", Float()) | ("Date", Date()):
                return value
            case "Int", Integer() if not sqlite and not isinstance(kind, BigInteger):
                return value
            case "Boolean", Boolean():
                return f"{self.bind(TRUTHS, 'truth')}[{value}]" if sqlite else value
            case "DateTime", UtcDateTime():
                return f"{self.bind(sqlite_moment, 'moment')}({value})" if sqlite else value
        return self.leaf(leaf, self.python(kind, value))

    def leaf(self, leaf: GraphQLLeafType, value: str, *, promised: bool = False) -> str:
        """Any value as the answer has it; one that orjson writes by itself costs no call."""
        ready, serialize = READY.get(leaf.name), leaf.coerce_output_value
        write = self.bind(lambda v: None if v is None else serialize(v), leaf.name)
        written = f"{write}({value if ready is None else 'v'})"
        if promised:
            written = f"required({written})"
        if ready is None:
            return written
        return f"(v if {ready.format(f'(v := {value})', 'v')} else {written})"


class Memory:
    """What was written of things that last, by the value of a column that names them."""

    def __init__(self, lasting: Callable[..., Any]) -> None:
        self.known: dict[Any, Any] = {}
        self._lasting = lasting

    def remember(self, q: Any, key: Any, written: Any) -> Any:
        """The same thing again, kept if it lasts."""
        if key is None or self._lasting(q, key) is not None:
            if len(self.known) >= LIMIT:
                self.known.clear()
            self.known[key] = written
        return written


TRUTHS = {None: None, 0: False, 1: True}


def required(value: Any) -> Any:
    """The value where the schema promises one; the ordinary executor tells of a missing one."""
    if value is None:
        raise Unplanned(Reason.NULL)
    return value
