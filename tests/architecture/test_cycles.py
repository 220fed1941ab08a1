"""The contract against cycles of packages catches one that is planted, in a copy of the tree."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import files
from tests.places import ROOT

CONTRACT = "no cycle among siblings"
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
HOLDS = f"{CONTRACT} KEPT"
BROKEN = f"{CONTRACT} BROKEN"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """core and schema, and the one contract as the project has it."""
    folder = tmp_path_factory.mktemp("tree")
    for path in files("core", "schema"):
        to = folder / path.relative_to(ROOT)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        one for one in said["tool"]["importlinter"]["contracts"] if one["name"] == CONTRACT
    )
    ancestors = "".join(f"\n    {name}" for name in contract["ancestors"])
    (folder / ".importlinter").write_text(
        "[importlinter]\nroot_packages =\n    core\n    schema\n"
        f"[importlinter:contract:cycles]\nname = {CONTRACT}\n"
        f"type = {contract['type']}\nancestors ={ancestors}\n",
        "utf-8",
    )
    return folder


def lint(folder: Path) -> tuple[int, str]:
    """Exit code and words of the linter on the copy."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
    )
    return done.returncode, done.stdout + done.stderr


def test_the_tree_as_it_stands_has_no_cycle(copy: Path) -> None:
    code, said = lint(copy)
    assert (code, HOLDS in said) == (0, True), said


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("core/appeals/notices/model.py", "core.appeals.satisfaction.service"),
        ("core/directory/bodies.py", "core.structure.blocks"),
        ("schema/law/types.py", "schema.appeals.steps"),
    ],
)
def test_a_planted_cycle_of_packages_is_caught(copy: Path, importer: str, imported: str) -> None:
    path = copy / importer
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\nimport {imported}\n", "utf-8")
    code, said = lint(copy)
    path.write_text(before, "utf-8")
    assert (code, BROKEN in said) == (1, True), said
    assert lint(copy)[0] == 0
