"""What is mutated, and which tests are asked about it: the near ones first, then the wide ones."""

from __future__ import annotations

from pathlib import Path

from tests.places import ROOT

MUTATED = (
    "core/law/*.py",
    "core/*/rules/*.py",
    "core/*/rules.py",
    "core/shapes/*/rules.py",
    "core/federal/*.py",
    "plugins/*/*.py",
)
LAW = ("tests/core/law", "tests/core/reports", "tests/core/federal")
WIDE = (*LAW, "tests/contract", "tests/regions")
SUBJECTS = ("appeals", "directory", "structure", "indicators", "workload", "shapes", "kernel")


def files() -> list[Path]:
    """Every file whose functions are mutated, relative to the root, in order."""
    found = {path.relative_to(ROOT) for pattern in MUTATED for path in ROOT.glob(pattern)}
    return sorted(path for path in found if "reports" not in path.parts)


def asked(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tests near to a file, and those that are asked when all of these pass."""
    kind, name, *_ = path.parts
    if kind == "plugins":
        return (f"tests/regions/{name}", "tests/regions"), (*LAW, "tests/contract")
    near = (f"tests/core/{name}",) if name in SUBJECTS else LAW
    return near, tuple(place for place in WIDE if place not in near)
