"""Tables beside the tests of core, and the modules of rules that they speak of."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.places import ROOT

HERE = Path(__file__).parent
RULES = tuple(
    sorted(
        str(path.relative_to(ROOT).with_suffix("")).replace("/", ".")
        for mask in (
            "core/*/rules/*.py",
            "core/*/rules.py",
            "core/shapes/*/rules/*.py",
            "core/shapes/*/rules.py",
            "core/law/*.py",
        )
        for path in ROOT.glob(mask)
        if path.name != "__init__.py" and path != ROOT / "core/reports/rules.py"
    )
)
"""Every module that rules of law are made of."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table beside the tests of core."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
