"""What the start measures beside the start: the import of the rules alone."""

from __future__ import annotations

from importlib import import_module

from bench import starting
from core.law.rule import Rule


def test_every_public_module_of_rules_is_imported_and_nothing_else() -> None:
    found = starting.rules_of_core()
    assert found == [
        "core.appeals.rules",
        "core.directory.rules",
        "core.documents.rules",
        "core.indicators.rules",
        "core.kernel.rules",
        "core.mailbox.rules",
        "core.obligations.rules",
        "core.partners.rules",
        "core.problems.rules",
        "core.ratings.rules",
        "core.requests.rules",
        "core.shapes.chains.rules",
        "core.shapes.deadlines.rules",
        "core.shapes.figures.rules",
        "core.structure.rules",
        "core.summaries.rules",
        "core.workload.rules",
    ]
    modules = [vars(import_module(name)).values() for name in found]
    assert any(isinstance(one, type) and issubclass(one, Rule) for of in modules for one in of)


def test_the_import_takes_some_work_in_a_process_of_its_own() -> None:
    assert 0 < starting.importing_rules({}) < starting.SECONDS
