"""README is the truth: its tree, its glossary, and every path that it names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import tree
from tests.architecture.sources import files
from tests.places import ROOT

README = tree.README.read_text(encoding="utf-8")
WORDS = 40
CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in files("core", "schema", "municipal", "plugins")
)
GENERATED = frozenset({"certificate.json", "tsur.deadline/1"})
"""What looks like a path and is none of the checkout's: made by a user, or the name of a form."""


def glossary(readme: str) -> list[tuple[str, str, str]]:
    """The rows: the Russian term, the English name, one line."""
    section = readme.partition("## Glossary\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]
    return [(russian, english, said) for russian, english, said in rows]


def paths(readme: str) -> set[str]:
    """What stands in code quotes and is a file or a folder; `<region>` is any."""
    quoted = re.findall(r"`([^`\s]+)`", re.sub(r"```.*?```", "", readme, flags=re.DOTALL))
    return {
        re.sub(r"<\w+>", "*", name)
        for name in quoted
        if ("/" in name or re.search(r"\.(py|md|toml|json|graphql)$", name))
        and not name.startswith("/")
        and "://" not in name
        and name not in GENERATED
    }


def exists(path: str) -> bool:
    """Whether the checkout has it; a bare name may stand in any folder."""
    if "/" in path:
        return any(ROOT.glob(path.rstrip("/")))
    return any(found for folder in tree.PACKAGES for found in (ROOT / folder).rglob(path))


def test_the_tree_is_that_of_the_folders() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.tree"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, tree.shown(README), "")


@pytest.mark.parametrize(
    ("true", "told", "line"),
    [
        ("  worker/ ", "  workers/", "-  workers/          Jobs worked off"),
        ("standard library only", "and SQLAlchemy", "-  law/              The engine of law: and"),
        ("  workload/         Workload of specialists", "", "+  workload/         Workload of"),
    ],
)
def test_a_tree_that_is_not_true_is_told_line_by_line(true: str, told: str, line: str) -> None:
    found = tree.differences(README.replace(true, told, 1))
    assert [shown for shown in found if shown.startswith(line)] != []


def test_a_readme_without_a_tree_is_told_so() -> None:
    with pytest.raises(tree.NoTree, match=r"README\.md shows no tree"):
        tree.shown("# tsur\n")


def test_a_package_that_says_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "__init__.py").write_text("", "utf-8")
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    with pytest.raises(tree.NoTree, match="core: a package without a docstring"):
        tree.sentence(tmp_path / "core")


def test_the_glossary_is_short_and_names_what_the_code_names() -> None:
    rows = glossary(README)
    assert 20 <= len(rows) <= WORDS
    assert [row for row in rows if not re.search("[а-я]", row[0]) or not row[2]] == []
    assert len({row[1] for row in rows}) == len(rows)
    names = [name for row in rows for name in re.findall(r"`(\w+)`", row[1])]
    assert len(names) == len(rows)
    assert [name for name in names if not re.search(rf"\b{name}\b", CODE)] == []


def test_every_path_that_readme_names_is_there() -> None:
    named = paths(README)
    assert {"core/api.py", "docs/layer.md", "plan.py", "plugins/*/"} <= named
    assert sorted(path for path in named if not exists(path)) == []


@pytest.mark.parametrize("path", ["core/no.py", "plugins/*/no.toml", "no_such.py", "nowhere/"])
def test_a_path_that_is_not_there_is_found_out(path: str) -> None:
    assert path in paths(f"see `{path}`")
    assert not exists(path)
