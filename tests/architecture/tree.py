"""`python -m tests.architecture.tree`: the tree of folders as README shows it.

A package says of itself what it is; folders that are no packages are said in `OTHERS`. Prints the
tree, and leaves with 1 and the lines that differ where README shows another one.
"""

from __future__ import annotations

import ast
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.places import ROOT

README = ROOT / "README.md"
PACKAGES = ("core", "schema", "municipal", "plugins", "migrations", "tests", "bench")
CLOSED = frozenset({"rules", "migrations", "tests", "bench", "plugins"})
"""Packages whose folders below are not shown: each of them holds what its own line says."""

OTHERS = {
    "deploy": "An image, a composition and systemd units to begin a deployment with.",
    "examples": "A front end to begin with: types out of the schema, refusals as data; tested.",
    "docs": "Guides in Russian, run by tests; how a layer of law is written; the readings.",
    "plugins/<region>": "Its act chapter by chapter; act.toml, passport.toml; RULES.md, ACT.md.",
    "schema/sdl": "What front ends get: one SDL for all regions, and what one has beyond it.",
}
WIDTH = 20
HEADING = "## Where a line belongs\n"
FENCE = "```text\n"


class NoTree(LookupError):
    """README has no tree, or a folder says nothing of itself."""


def sentence(package: Path) -> str:
    """The first sentence of a package's docstring, on one line."""
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    if not said:
        raise NoTree(f"{package.relative_to(ROOT)}: a package without a docstring")
    text = " ".join(said.partition("\n\n")[0].split())
    return text.partition(". ")[0].removesuffix(".") + "."


def tree() -> str:
    """A line for each folder, those below it indented."""
    said = {name: sentence(ROOT / name) for name in packages()} | OTHERS
    return "".join(
        f"{'  ' * name.count('/') + name.rpartition('/')[2] + '/':<{WIDTH}}{said[name]}\n"
        for name in sorted(said, key=_place)
    )


def packages() -> Iterator[str]:
    """Every folder that is shown and is a package."""
    waiting = [ROOT / name for name in PACKAGES]
    while waiting:
        package = waiting.pop()
        yield package.relative_to(ROOT).as_posix()
        if package.name not in CLOSED:
            below = (path.parent for path in package.glob("*/__init__.py"))
            waiting += [path for path in below if path.name not in CLOSED]


def shown(readme: str) -> str:
    """The tree that README shows; NoTree where it shows none."""
    _, found, rest = readme.partition(HEADING)[2].partition(FENCE)
    if not found:
        raise NoTree("README.md shows no tree")
    return rest.partition("```")[0]


def differences(readme: str) -> list[str]:
    """What README says otherwise than the folders do, a line each; empty where it is true."""
    lines = shown(readme).splitlines(), tree().splitlines()
    return list(difflib.unified_diff(*lines, "README.md", "folders", n=0, lineterm=""))


def _place(name: str) -> tuple[object, ...]:
    top, *below = name.split("/")
    order = (*PACKAGES[:-2], "docs", "deploy", "examples", *PACKAGES[-2:])
    return (order.index(top), *below)


def main() -> int:
    """0 where README shows what is printed."""
    sys.stdout.write(tree())
    differing = differences(README.read_text(encoding="utf-8"))
    sys.stderr.write("".join(f"{line}\n" for line in differing))
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
