"""What is mutated, and which tests are asked about it: those without a database first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from tests.places import ROOT

MUTATED = (
    "core/law/*.py",
    "core/*/rules/*.py",
    "core/*/rules.py",
    "core/shapes/*/rules.py",
    "core/shapes/*/rules/*.py",
    "core/federal/*.py",
    "plugins/*/*.py",
)
FIRST = (
    "tests/core/test_codes.py",
    "tests/core/test_kinds.py",
    "tests/core/test_renamed.py",
    "tests/core/test_strictness.py",
)
"""Tables over all kinds of rule: so quick that they are asked of everything before all else."""

PURE = (
    "tests/core/law",
    "tests/core/federal",
    "tests/core/appeals/test_sentences.py",
    "tests/core/appeals/test_cards.py",
    "tests/core/appeals/test_doubt.py",
    "tests/core/appeals/test_course.py",
    "tests/core/appeals/test_occasions.py",
    "tests/core/appeals/test_verdicts.py",
    "tests/core/appeals/test_routing.py",
    "tests/core/appeals/test_deadlines.py",
    "tests/core/appeals/test_category_terms.py",
    "tests/core/appeals/test_after_the_answer.py",
    "tests/core/appeals/test_no_term.py",
    "tests/core/appeals/test_named_days.py",
    "tests/core/appeals/test_forwarding_terms.py",
    "tests/core/appeals/test_ledger.py",
    "tests/core/appeals/regimes/test_offences.py",
    "tests/core/documents/test_content.py",
    "tests/core/structure/test_sentences.py",
    "tests/core/structure/test_rule_chains.py",
    "tests/core/structure/test_block_rules.py",
    "tests/core/reports/test_wording.py",
    "tests/core/directory/test_owners.py",
    "tests/core/workload/test_hands.py",
    "tests/core/kernel/test_sentences.py",
    "tests/core/kernel/test_calendar.py",
    "tests/core/kernel/test_territories.py",
    "tests/core/region/test_passport.py",
    "tests/core/shapes/test_deadlines.py",
    "tests/core/shapes/test_grounds.py",
    "tests/core/shapes/test_steps.py",
    "tests/core/shapes/figures/test_arithmetic.py",
    "tests/core/shapes/figures/test_periods.py",
    "tests/regions/test_acts.py",
    "tests/regions/test_structure_rules.py",
    "tests/regions/kursk/test_regulation.py",
    "tests/regions/mari_el/test_regulation.py",
    "tests/regions/chelyabinsk/test_regulation.py",
    "tests/regions/murmansk/test_regulation.py",
    "tests/regions/test_differences.py",
    "tests/regions/test_deliveries.py",
    "tests/regions/test_document_kinds.py",
    "tests/regions/test_report_forms.py",
    "tests/regions/test_readers.py",
    "tests/regions/test_municipalities.py",
    "tests/contract/test_editions.py",
    "tests/contract/test_order.py",
    "tests/contract/test_two_acts.py",
)
"""Tables over rules and pure functions: none of them opens a database."""

NEAR = {
    "law": ("tests/contract/test_broken_layers.py", "tests/contract/test_shuffle.py"),
    "federal": ("tests/regions/test_structure_persons.py",),
    "kernel": ("tests/core/region/test_municipalities.py",),
    "appeals": (
        "tests/core/appeals/test_grounds.py",
        "tests/core/appeals/test_conclusion.py",
        "tests/core/appeals/test_ledger.py",
        "tests/core/appeals/test_plans.py",
        "tests/core/appeals/test_ways.py",
        "tests/core/appeals/test_prolongation.py",
        "tests/core/appeals/terms",
        "tests/core/appeals/test_answers.py",
    ),
    "directory": ("tests/core/directory",),
    "structure": ("tests/core/structure",),
    "indicators": ("tests/core/indicators/test_kinds.py", "tests/core/indicators/test_values.py"),
    "documents": ("tests/core/documents/test_chains.py",),
    "obligations": (
        "tests/core/obligations/test_rules.py",
        "tests/core/obligations/test_table.py",
    ),
    "partners": ("tests/core/partners",),
    "ratings": ("tests/core/ratings", "tests/regions/test_rating_methods.py"),
    "problems": (
        "tests/core/problems/test_listing.py",
        "tests/core/problems/test_categories.py",
        "tests/regions/test_problem_sources.py",
    ),
    "requests": ("tests/core/requests",),
    "summaries": ("tests/core/summaries",),
    "workload": ("tests/core/workload",),
    "shapes": ("tests/core/shapes",),
    "plugins": ("tests/regions/test_structure_persons.py",),
    "mailbox": ("tests/core/mailbox/test_rules.py", "tests/core/mailbox/test_arrival.py"),
}
"""Tests of use cases near to a room, asked of what the tables let live."""

LEFT_OUT = ("tests/regions/kursk/test_imports.py",)
"""It takes a real file in: half a minute, and it kills nothing more."""


def files() -> list[Path]:
    """Every file whose functions are mutated, relative to the root, in order."""
    found = {path.relative_to(ROOT) for mask in MUTATED for path in ROOT.glob(mask)}
    return sorted(found - {Path("core/reports/rules.py")})  # it writes RULES.md: no law in it


def asked(path: Path) -> tuple[str, ...]:
    """The test files that may be asked about the file, in order: tables before use cases.

    Of either those of the same subject come before all others, then those in the mirror of the
    file: so much is spent on a mutant at most that who comes late is not asked at all.
    """
    kind, name, *_ = path.parts
    places = (PURE, NEAR[kind if kind == "plugins" else name])
    found = (sorted(chain.from_iterable(map(_test_files, some)), key=_far(path)) for some in places)
    return tuple(dict.fromkeys((*FIRST, *chain.from_iterable(found))))


def _far(path: Path) -> Callable[[str], tuple[bool, bool, bool]]:
    """How far a test file is from the file: by its subject, its folder, and that of all regions."""
    kind, name, *_ = path.parts
    stem = path.parent.name if path.stem in ("rules", "__init__") else path.stem
    subject = stem.removesuffix("s")
    room = "/regions/" if kind == "plugins" or name == "federal" else f"/{name}/"
    return lambda test: (subject not in Path(test).stem, f"/{name}/" not in test, room not in test)


def _test_files(place: str) -> list[str]:
    found = [Path(place)] if place.endswith(".py") else sorted((ROOT / place).rglob("test_*.py"))
    named = [str(path.relative_to(ROOT) if path.is_absolute() else path) for path in found]
    return [name for name in named if name not in LEFT_OUT]
