"""What a function does, told without the names that its author was free to choose.

It is read off the syntax tree and not off the bytecode, which every version of Python writes
anew; parts that a later version added to the tree are empty here and left out. Local names are
numbered as they appear; a name from outside is told by what stands behind it: the value of a
constant, the logic of a helper, the full name of something of Python itself. So renaming says
nothing new, and turning a comparison round, or a constant in another line, does.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from textwrap import dedent
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

Say = Callable[[object], Any]
UNSAID = frozenset({"ctx", "annotation", "returns", "type_comment", "kind", "type_params"})
"""Parts of the tree that change nothing of what is done."""


NAMING = ast.FunctionDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar


def logic(function: FunctionType, say: Say, above: tuple[FunctionType, ...] = ()) -> Any:
    """Plain lists and texts for JSON; `say` tells a constant. ValueError without a source."""
    try:
        tree = ast.parse(dedent(inspect.getsource(function))).body[0]
    except (OSError, TypeError, SyntaxError) as error:
        raise ValueError(f"Условие {function.__name__!r} не прочесть: нет его текста") from error
    if not isinstance(tree, ast.FunctionDef) or tree.decorator_list:
        raise ValueError(f"Условие {function.__name__!r}: нужна функция без обёрток")
    reader = _Reader(function, say, (*above, function), _bound(tree))
    return [reader.tell(tree.args), reader.tell(tree.body)]


def _bound(tree: ast.AST) -> dict[str, int]:
    """Names that the function itself gives, numbered in the order in which they stand."""
    parts = (node for node in ast.walk(tree) if node is not tree)
    names = dict.fromkeys(name for node in parts for name in _given(node))
    return {name: number for number, name in enumerate(names)}


def _given(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, NAMING) and node.name:
        yield node.name


@dataclass(frozen=True, slots=True)
class _Reader:
    """Tells the parts of one function's tree."""

    function: FunctionType
    say: Say
    above: tuple[FunctionType, ...]
    bound: dict[str, int]
    outside: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        found = inspect.getclosurevars(self.function)
        known = {**vars(builtins), **self.function.__globals__, **found.nonlocals}
        object.__setattr__(self, "outside", known)

    def tell(self, part: Any) -> Any:
        """A node as its type and its parts; a name by what it stands for."""
        if isinstance(part, list):
            return [self.tell(one) for one in part if not _is_comment(one)]
        if not isinstance(part, ast.AST):
            return [type(part).__name__, repr(part)]
        own = self._own(part)
        if own is not None:
            return ["own", self.bound[own]]
        known, value = self._behind(part)
        return self._told(value) if known else self._parts(part)

    def _parts(self, part: ast.AST) -> Any:
        told = [
            [name, self.tell(value)]
            for name, value in ast.iter_fields(part)
            if name not in UNSAID and not _is_empty(value) and not self._is_given(part, name)
        ]
        return [type(part).__name__, *told]

    def _own(self, part: ast.AST) -> str | None:
        if isinstance(part, ast.arg):
            return part.arg
        return part.id if isinstance(part, ast.Name) and part.id in self.bound else None

    def _behind(self, part: ast.AST) -> tuple[bool, Any]:
        """The value of a name from outside, or of an attribute of a class or module there."""
        if isinstance(part, ast.Name):
            if part.id in self.bound:
                return False, None
            if part.id not in self.outside:
                raise ValueError(f"Условие {self.function.__name__!r}: неизвестно {part.id!r}")
            return True, self.outside[part.id]
        if isinstance(part, ast.Attribute):
            known, value = self._behind(part.value)
            if known and isinstance(value, ModuleType | type) and not _is_of_python(value):
                return True, getattr(value, part.attr)
        return False, None

    def _told(self, value: Any) -> Any:
        if isinstance(value, FunctionType) and not _is_of_python(value):
            if value in self.above:
                return ["again", self.above.index(value)]
            return ["function", logic(value, self.say, self.above)]
        if isinstance(value, BuiltinFunctionType | FunctionType | ModuleType | type):
            return _full_name(self.function, value)
        return ["value", self.say(value)]

    def _is_given(self, part: ast.AST, name: str) -> bool:
        """Whether the part is a name of the function's own; its number stands where it is used."""
        return name == "name" and getattr(part, name) in self.bound


def _is_comment(part: Any) -> bool:
    """Whether it is a text that stands alone, such as a docstring."""
    return (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Constant)
        and isinstance(part.value.value, str)
    )


def _is_empty(value: Any) -> bool:
    return value is None or value == []


def _is_of_python(value: Any) -> bool:
    module = value.__name__ if isinstance(value, ModuleType) else value.__module__
    return str(module).partition(".")[0] in sys.stdlib_module_names


def _full_name(function: FunctionType, value: Any) -> Any:
    if not _is_of_python(value):
        raise ValueError(
            f"Условие {function.__name__!r} называет {value.__name__!r}: "
            "нужны значение, своя функция или то, что есть в самом Python"
        )
    if isinstance(value, ModuleType):
        return ["python", value.__name__]
    return ["python", value.__module__, value.__qualname__]
