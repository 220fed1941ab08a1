"""Which mutation may refuse with which code, read from the code: who calls whom, who says what.

`python -m tests.nets.refusals` writes docs/errors.md anew.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema

from core.kernel.codes import RefusalCode
from core.kernel.settings import DEMO_REGIONS, read_settings
from core.region.opening import open_region
from schema.build import build_schema
from schema.graphql.guards import Guard
from tests.places import ROOT

PAGE = ROOT / "docs" / "errors.md"
HEAD = Path(__file__).with_name("errors.md")
PACKAGES = ("core", "schema", "municipal", "plugins")
GUARD, STALE = ("core.kernel.access", "require"), ("schema.graphql.context", "Context.work")
Name = tuple[str, str]
"""A module and what it defines: a function, a class, `Class.method` or a constant."""


@dataclass
class Module:
    """What a module defines and what its names mean."""

    defined: dict[str, ast.AST] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)


class Source:
    """The product's code as a graph of names."""

    def __init__(self) -> None:
        self._modules = {_dotted(path): _read(path) for path in _files()}
        self._told: dict[Name, tuple[set[str], list[Name]]] = {}

    def codes(self, begin: Iterable[Name]) -> list[RefusalCode]:
        """The codes that stand in what is reached from these names, in the order of the codes."""
        seen: set[Name] = set()
        found: set[str] = set()
        waiting = list(begin)
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            said, mentioned = self._tells(name)
            found |= said
            waiting += mentioned
        return [code for code in RefusalCode if code.name in found]

    def _tells(self, name: Name) -> tuple[set[str], list[Name]]:
        """The codes that stand in what has this name, and the names in it; read once."""
        if name not in self._told:
            module = self._modules.get(name[0])
            node = module.defined.get(name[1]) if module else None
            told = (set(_codes(node)), [*self._mentioned(name[0], node)]) if node else (set(), [])
            self._told[name] = told
        return self._told[name]

    def _mentioned(self, home: str, node: ast.AST) -> Iterator[Name]:
        module = self._modules[home]
        for one in ast.walk(node):
            if isinstance(one, ast.Name):
                yield from self._named(module, home, one.id)
            elif isinstance(one, ast.Attribute):
                if isinstance(one.value, ast.Name) and one.value.id in module.modules:
                    yield from self._whole(module.modules[one.value.id], one.attr)
                else:
                    yield from self._methods(module, home, one.attr)

    def _named(self, module: Module, home: str, name: str) -> Iterator[Name]:
        if name in module.names:
            yield from self._whole(*module.names[name])
        elif name in module.defined:
            yield home, name

    def _whole(self, home: str, name: str) -> Iterator[Name]:
        """What a name means: where it is handed on, what it is in the end."""
        module = self._modules.get(home)
        if module is None:
            return
        if name in module.defined:
            yield home, name
        elif name in module.names:
            yield from self._whole(*module.names[name])

    def _methods(self, module: Module, home: str, attribute: str) -> Iterator[Name]:
        """Methods of this name of the classes that the module knows."""
        known = [(home, name) for name in module.defined]
        known += [found for name in module.names.values() for found in self._whole(*name)]
        for place, name in known:
            if f"{name}.{attribute}" in self._modules[place].defined:
                yield place, f"{name}.{attribute}"


@cache
def source() -> Source:
    """The product as it stands, read once."""
    return Source()


def table(schemas: Iterable[GraphQLSchema]) -> dict[str, list[RefusalCode]]:
    """The mutations of these schemas by name, each with its codes."""
    found = {}
    for schema in schemas:
        assert schema.mutation_type is not None
        for name, one in schema.mutation_type.fields.items():
            definition = one.extensions["strawberry-definition"]
            resolver = definition.base_resolver.wrapped_func
            begin = [(resolver.__module__, resolver.__qualname__), STALE]
            guards = [g for g in definition.extensions if isinstance(g, Guard) and g.permission]
            found[name] = source().codes(begin + [GUARD] * bool(guards))
    return found


def page(mutations: Mapping[str, list[RefusalCode]]) -> str:
    """The page: its head as it is written, then both tables."""
    lines = [HEAD.read_text("utf-8").rstrip(), "", "## Коды", "", "| код | что значит |"]
    lines += ["| --- | --- |", *(f"| `{code}` | {code.label} |" for code in RefusalCode)]
    lines += ["", "## Что отвечает мутация", "", "| мутация | её отказы |", "| --- | --- |"]
    lines += [f"| `{name}` | {_listed(codes)} |" for name, codes in mutations.items()]
    return "\n".join(lines) + "\n"


def written() -> str:
    """The page of the product's regions as they are now."""
    settings = read_settings()
    schemas = (build_schema(open_region(code, settings)) for code in DEMO_REGIONS)
    return page(table(schema._schema for schema in schemas))


def _listed(codes: Iterable[RefusalCode]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _codes(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        of = one.value if isinstance(one, ast.Attribute) else None
        if isinstance(one, ast.Attribute) and isinstance(of, ast.Name) and of.id == "RefusalCode":
            yield one.attr


def _files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read(path: Path) -> Module:
    module = Module()
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Import):
            module.modules |= {a.asname or a.name: a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                module.names[alias.asname or alias.name] = (node.module, alias.name)
                module.modules[alias.asname or alias.name] = whole
        else:
            _define(module, node)
    return module


def _define(module: Module, node: ast.stmt) -> None:
    if isinstance(node, ast.ClassDef):
        module.defined[node.name] = ast.parse("")
        for one in node.body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                module.defined[f"{node.name}.{one.name}"] = one
        for name in ("__init__", "__post_init__"):
            if f"{node.name}.{name}" in module.defined:
                module.defined[node.name] = module.defined[f"{node.name}.{name}"]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        module.defined[node.name] = node
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name):
                    module.defined[part.id] = node.value


if __name__ == "__main__":
    PAGE.write_text(written(), "utf-8")
