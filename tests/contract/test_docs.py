"""Every example of docs/layer.md runs and prints what the page says that it prints."""

from __future__ import annotations

import tomllib
from importlib import import_module
from itertools import takewhile
from pathlib import Path

import pytest

from core.kernel.settings import Settings
from core.region import hooks
from core.region.opening import open_region
from core.reports.imports import is_public
from tests.contract.conftest import FIFTH, BuildRegion
from tests.contract.layer_page import PAGE, Section, blocks, sections, told
from tests.places import ROOT

TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = list(sections(TEXT))
PUBLIC = ("core.api", "schema.api", "municipal.api")


def run(section: Section, build_region: BuildRegion, folder: Path) -> list[tuple[str, str]]:
    code = build_region()
    settings = Settings(regions=(code,), data_dir=folder / "state")
    return told(section, folder / "plugins" / code, lambda code: open_region(code, settings))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_the_examples_print_what_the_page_says(
    build_region: BuildRegion, tmp_path: Path, section: Section
) -> None:
    pairs = run(section, build_region, tmp_path)
    assert [printed for _, printed in pairs] == [said for said, _ in pairs]
    assert len(pairs) > 1


def test_a_page_that_is_not_true_is_found_out(build_region: BuildRegion, tmp_path: Path) -> None:
    false = "## One\n```python\nprint(1)\n```\n```text\n2\n```\n"
    (section,) = sections(false)
    assert run(section, build_region, tmp_path) == [("2\n", "1\n"), ("", "")]


def test_no_block_is_left_out() -> None:
    ran = {block for section in SECTIONS for block in section.blocks}
    assert ran == set(blocks(TEXT))
    assert TEXT.count("```") == 2 * len(blocks(TEXT))


def test_there_is_an_example_of_each_hook_and_each_verb_of_the_merge() -> None:
    titles = [section.title for section in SECTIONS]
    specs = [name for name, value in vars(hooks).items() if hasattr(value, "tsur_spec")]
    verbs = ("Add", "Tighten", "Replace by naming the clause", "Absorb", "Floor")
    more = ("Below the floor", "Municipality", "Dates")
    assert len(specs) == 8
    assert [name for name in (*specs, *verbs, *more) if name not in titles] == []


def test_the_page_calls_public_what_the_build_opens() -> None:
    section = TEXT.partition("## What is public\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = [name.strip(" `") for row in rows for name in row.split(",")]
    assert [name for name in named if not import_module(name)] == []
    closed = [name for name in named if not is_public(name)]
    assert closed == []
    assert f"plugins.{FIFTH}" not in named
    rules = [*(ROOT / "core").glob("*/rules.py"), *(ROOT / "core").glob("*/rules/__init__.py")]
    subjects = {path.relative_to(ROOT / "core").parts[0] for path in rules}
    assert subjects - {name.split(".")[1] for name in named} == {"reports"}  # prints law


def test_retired_names_are_in_the_table_and_are_dropped_in_time() -> None:
    table = TEXT.partition("| name | instead | dropped in |\n| --- | --- | --- |\n")[2]
    rows = list(takewhile(lambda line: line.startswith("|"), table.splitlines()))
    retired = [(module, one) for module in PUBLIC for one in import_module(module).RETIRED]
    assert rows == [
        f"| `{module}.{one.name}` | `{one.instead}` | {one.drops} |" for module, one in retired
    ]
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = [int(part) for part in said["project"]["version"].split(".")]
    late = [one for _, one in retired if [int(part) for part in one.drops.split(".")] <= version]
    assert late == []
