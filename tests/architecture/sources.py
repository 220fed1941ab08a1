"""The product's own files, as the tests of its build read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.places import ROOT

FOLDERS = ("core", "schema", "municipal", "plugins", "migrations")
CODE = frozenset({".py", ".sql", ".html", ".js", ".css", ".graphql", ".mako"})


def files(*folders: str, suffixes: frozenset[str] = frozenset({".py"})) -> list[Path]:
    """Every file with one of these endings under these folders of the repository."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in suffixes and path.is_file())


def module(path: Path) -> str:
    """The dotted name under which the file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def statements(under: ast.AST) -> Iterator[ast.AST]:
    """All statements under a node, with the handlers and cases that hold some.

    Expressions hold none, and they are nearly all that there is in a file.
    """
    waiting = [under]
    while waiting:
        node = waiting.pop()
        for name in HOLDING:
            below = getattr(node, name, ())
            yield from below
            waiting += below


HOLDING = ("body", "orelse", "finalbody", "handlers", "cases")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in statements(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


@cache
def imports(path: Path) -> tuple[str, ...]:
    """What the file imports: `a.b` for `import a.b`, `a.b` and `a.b.c` for `from a.b import c`."""
    found: list[str] = []
    for node in statements(tree(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
    return tuple(found)
