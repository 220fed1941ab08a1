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
WIDE = (
    "tests/core/law",
    "tests/core/federal",
    "tests/core/directory/test_owners.py",
    "tests/contract/test_broken_layers.py",
    "tests/contract/test_order.py",
    "tests/contract/test_shuffle.py",
    "tests/contract/test_two_acts.py",
    "tests/regions",
)
NEAR = {
    "law": ("tests/core/law", "tests/contract/test_editions.py"),
    "federal": ("tests/core/federal", "tests/core/law"),
    "kernel": (
        "tests/core/kernel/test_calendar.py",
        "tests/core/kernel/test_territories.py",
        "tests/core/region/test_passport.py",
        "tests/core/region/test_municipalities.py",
    ),
    "appeals": (
        "tests/core/appeals/test_deadlines.py",
        "tests/core/appeals/test_routing.py",
        "tests/core/appeals/test_plans.py",
        "tests/core/appeals/test_ledger.py",
        "tests/core/appeals/terms",
        "tests/core/appeals/test_intake.py",
        "tests/core/appeals/test_answers.py",
        "tests/core/appeals/test_prolongation.py",
    ),
    "directory": ("tests/core/directory",),
    "structure": ("tests/core/structure",),
    "indicators": ("tests/core/indicators",),
    "workload": ("tests/core/workload",),
    "mailbox": ("tests/core/mailbox/test_rules.py", "tests/core/mailbox/test_arrival.py"),
    "shapes": ("tests/core/shapes/test_deadlines.py", "tests/core/shapes"),
}
"""The tests that a subject's rules are most likely to die of, quick ones first."""

LEFT_OUT = ("tests/regions/kursk/test_imports.py",)
"""It takes a real file in: half a minute, and it kills nothing more."""


def files() -> list[Path]:
    """Every file whose functions are mutated, relative to the root, in order."""
    found = {path.relative_to(ROOT) for mask in MUTATED for path in ROOT.glob(mask)}
    return sorted(found - {Path("core/reports/rules.py")})  # it writes RULES.md: no law in it


def asked(path: Path) -> tuple[tuple[str, ...], ...]:
    """The tests near to a file, and those that are asked when all of these pass."""
    kind, name, *_ = path.parts
    near = (f"tests/regions/{name}",) if kind == "plugins" else NEAR[name]
    return near, WIDE
