"""What a layer of law imports: of the product its public names alone, and never another region."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set
from importlib.util import find_spec
from pathlib import Path

from core.region.layers import LoadedLayer

PUBLIC = re.compile(
    r"(core\.(api|law\.(act|predicate|rule|russian|reference|retired)|(shapes\.)?\w+\.rules)"
    r"|schema\.api|municipal\.api)(\.[\w*]+)?"
)
"""Modules that a layer may import, or a name of one of them."""

OURS = frozenset({"core", "schema", "municipal", "plugins", "migrations", "tests", "bench"})


def foreign_imports(layer: LoadedLayer, connected: Set[str] = frozenset()) -> Iterator[str]:
    """Each module that the layer may not import, with file and line, in Russian.

    `connected` are the packages of regions that stand beside it.
    """
    own = layer.module.__name__
    files = layer.place.files
    for path in sorted(files.rglob("*.py")) if files.is_dir() else (files,):
        for line, module in _imported(path):
            if not _below(module, {own}) and (_below(module, connected) or _hidden(module)):
                where = f"{layer.place.shown(path)}:{line}"
                yield f"{where}: «{module}» слою права недоступен: только core.api и правила"


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """The absolute names that a file imports, each with its line; what is relative is its own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{one.name}") for one in node.names)


def is_public(module: str) -> bool:
    """Whether a layer may import this, a module or a name of one; of `rules` no module below."""
    return PUBLIC.fullmatch(module) is not None and not _inner(module)


def _inner(module: str) -> bool:
    """Whether it is a module, not a name, of a package `rules`: its parts are its own affair."""
    if ".rules." not in module:
        return False
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of a package that is not there
        return False


def _below(module: str, packages: Set[str]) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def _hidden(module: str) -> bool:
    return module.partition(".")[0] in OURS and not is_public(module)
