"""Who may import whom, beside the contracts of import-linter: cycles, hidden imports, purity."""

from __future__ import annotations

import ast
import sys
from graphlib import TopologicalSorter

from tests.architecture.sources import FOLDERS, files, imports, module, tree


def test_there_is_no_import_cycle() -> None:
    known = {module(path) for path in files(*FOLDERS)}
    graph = {module(path): set(imports(path)) & known - {module(path)} for path in files(*FOLDERS)}
    order = tuple(TopologicalSorter(graph).static_order())
    assert set(order) == known


def test_no_import_hides_in_a_function_or_behind_a_condition() -> None:
    hidden = [
        f"{module(path)}:{node.lineno}"
        for path in files(*FOLDERS, "tests")
        for parent in ast.walk(tree(path))
        if not isinstance(parent, ast.Module)
        for node in ast.iter_child_nodes(parent)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_the_engine_of_law_stands_on_the_standard_library_alone() -> None:
    foreign = {
        (module(path), name)
        for path in files("core/law")
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("core.law")
    }
    assert foreign == set()


def test_a_layer_of_law_imports_core_through_its_api_alone() -> None:
    seen = {
        (module(path), name)
        for path in files("plugins", "municipal", "core/federal")
        for name in imports(path)
        if name.startswith(("core.", "schema."))
        and not name.startswith(("core.api", "schema.api", "core.federal"))
    }
    assert seen == set()


def test_the_api_names_all_that_it_hands_on() -> None:
    (path,) = [path for path in files("core") if module(path) == "core.api"]
    handed = {
        alias.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
    }
    (listed,) = [
        {element.value for element in node.value.elts if isinstance(element, ast.Constant)}
        for node in tree(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
    ]
    assert listed == handed
