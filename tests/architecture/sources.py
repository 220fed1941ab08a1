"""The product's own files, as the tests of its build read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def imports(path: Path) -> Iterator[str]:
    """What the file imports: `a.b` for `import a.b`, `a.b` and `a.b.c` for `from a.b import c`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
