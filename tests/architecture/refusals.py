"""The texts of refusals, as the code writes them: read off the syntax, nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("core", "schema", "municipal", "plugins")
REFUSALS = {"Refusal", "CoreRefusal", "HttpRefusal"}
FAULTS = ("fault", "_fault")
"""How functions begin that find the words of a refusal."""

CODES = {"fact", "kind", "outcome", "regime", "role", "state", "status", "unit", "way"}
"""Attributes whose value is a word of the program: a text takes their labels."""

SLOT = "§"
"""Stands where the text has a value."""

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Module


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a refusal, with where it stands."""

    where: str
    text: str


@dataclass(slots=True)
class _File:
    path: Path
    found: list[Said] = field(default_factory=list)

    def read(self, scope: Scope, names: dict[str, list[ast.expr]]) -> None:
        """The refusals of a function, by the names that it and what is around it bind."""
        names = {name: list(values) for name, values in names.items()}
        own = list(_own(scope))
        for node in own:
            for name, value in _bound(node):
                names.setdefault(name, []).append(value)
        finds = isinstance(scope, ast.FunctionDef) and scope.name.startswith(FAULTS)
        for node in own:
            if isinstance(node, ast.Call) and _name(node.func) in REFUSALS and len(node.args) > 1:
                self._keep(node, node.args[1], names)
            if finds and isinstance(node, ast.Return) and node.value is not None:
                self._keep(node, node.value, names)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.read(node, names)

    def _keep(self, node: ast.AST, text: ast.expr, names: dict[str, list[ast.expr]]) -> None:
        place = f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        self.found += [Said(place, said) for said in dict.fromkeys(_texts(text, names))]


def refusals() -> list[Said]:
    """Every text that is handed to a refusal: itself or by the name it was given just before."""
    found: list[Said] = []
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            file = _File(path)
            file.read(ast.parse(path.read_text(encoding="utf-8")), {})
            found += file.found
    return found


def _own(scope: Scope) -> Iterator[ast.AST]:
    """The nodes of a scope without those of the functions in it; these stand themselves."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += ast.iter_child_nodes(node)


def _bound(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((one.id, node.value) for one in node.targets if isinstance(one, ast.Name))
    if isinstance(node, ast.NamedExpr):
        yield node.target.id, node.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(node: ast.expr, names: dict[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    """What the expression may say; nothing where that is known only when it runs."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(map(_part, node.values))
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, names, depth)
        yield from _texts(node.orelse, names, depth)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value, names, depth)
    elif isinstance(node, ast.Name) and depth == 0:
        for value in names.get(node.id, ()):
            yield from _texts(value, names, 1)


def _part(node: ast.expr) -> str:
    """A piece of a text: its words, a slot, or the code that stands there bare."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    value = node.value if isinstance(node, ast.FormattedValue) else node
    bare = isinstance(value, ast.Attribute) and value.attr in CODES
    return f"`{ast.unparse(value)}`" if bare else SLOT
