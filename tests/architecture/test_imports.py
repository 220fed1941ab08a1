"""Who may import whom, beside the contracts of import-linter: cycles, hidden imports, purity."""

from __future__ import annotations

import ast
import re
import sys
from graphlib import TopologicalSorter

import pytest

import core.api
from core.reports.imports import is_public
from tests.architecture.sources import FOLDERS, files, imports, module, statements, tree


def test_there_is_no_import_cycle() -> None:
    known = {module(path) for path in files(*FOLDERS)}
    graph = {module(path): set(imports(path)) & known - {module(path)} for path in files(*FOLDERS)}
    order = tuple(TopologicalSorter(graph).static_order())
    assert set(order) == known


INDENTED = re.compile(r"^(?!import |from ).*\bimport\b", re.MULTILINE)
"""In a file without it no import stands anywhere but at the beginning of a line."""


def test_no_import_hides_in_a_function_or_behind_a_condition() -> None:
    hidden = [
        f"{module(path)}:{node.lineno}"
        for path in files(*FOLDERS, "tests")
        if INDENTED.search(path.read_text(encoding="utf-8"))
        for whole in [tree(path)]
        for node in statements(whole)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and node not in whole.body
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


def of_core(*folders: str) -> set[tuple[str, str]]:
    """What the files of these folders import of core and schema, by the importing module."""
    return {
        (module(path), name)
        for path in files(*folders)
        for name in imports(path)
        if name.startswith(("core.", "schema.")) and not name.startswith("core.federal")
    }


def test_a_layer_of_law_imports_law_rules_and_the_api_alone() -> None:
    seen = of_core("plugins", "municipal", "core/federal")
    assert {(importer, name) for importer, name in seen if not is_public(name)} == set()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("core.api.Work", True),
        ("core.law.rule.Rule", True),
        ("core.appeals.rules", True),
        ("core.appeals.rules.Deadline", True),
        ("core.shapes.chains.rules.Ground", True),
        ("core.appeals.rules.terms", False),
        ("core.appeals.rules.terms.Deadline", False),
        ("core.appeals.intake.service", False),
        ("core.law.merge", False),
        ("core.region.opening", False),
    ],
)
def test_what_is_open_to_a_layer(name: str, may: bool) -> None:
    assert is_public(name) is may


def test_the_api_has_no_kind_of_rule_and_no_code_of_one() -> None:
    """The three federal acts are of core.law; whatever else of law is public has its own module."""
    homes = {getattr(getattr(core.api, name), "__module__", "") for name in core.api.__all__}
    assert {home for home in homes if ".rules" in home} == set()
    assert {home for home in homes if home.startswith("core.law.")} == {"core.law.act"}


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
