"""Gathering what serves each clause: rules of the regions, use cases, fields, marks of tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import citations
from core.kernel.settings import Settings
from core.law.act import Act
from core.law.rulebook import Rulebook
from core.law.traceability import Covered, cover
from core.region.layers import packages_of
from core.region.opening import rulebook_of

Tests = Mapping[str, Sequence[str]]
"""The tests marked with a clause, by its full id."""

ROOT = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("tested.json")
"""The marks as last collected, for an installation that has no tests."""

SECONDS = 300


@dataclass(frozen=True, slots=True)
class Account:
    """Acts, federal ones first, each once, and every clause of theirs."""

    acts: tuple[Act, ...]
    clauses: tuple[Covered, ...]

    @property
    def registered(self) -> tuple[Covered, ...]:
        """The clauses of the acts of the register: what coverage is owed for."""
        acts = {act.id for act in self.acts if act.registered}
        return tuple(one for one in self.clauses if one.clause.act in acts)


def coverage(settings: Settings, codes: Sequence[str], tests: Tests) -> Account:
    """What serves each clause of the acts of these regions."""
    rulebooks = [rulebook_of(code, settings) for code in codes]
    packages = dict.fromkeys(name for code in codes for name in packages_of(code, settings))
    acts = _acts(rulebooks)
    return Account(acts, cover(acts, citations(rulebooks, packages), tests))


def _acts(rulebooks: Sequence[Rulebook]) -> tuple[Act, ...]:
    return tuple({act.id: act for law in rulebooks for act in law.acts.values()}.values())


def tests_marked() -> Tests:
    """The marks of the tests beside the product, or as last recorded where there are none."""
    if (ROOT / "tests" / "marks.py").exists() and find_spec("pytest"):
        return collect_marks(ROOT)
    recorded: Tests = json.loads(RECORD.read_text(encoding="utf-8"))
    return recorded


def collect_marks(root: Path) -> Tests:
    """What pytest itself collects under `root/tests`, so that a mark computed in a table counts."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "marks.json"
        command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "tests.marks"]
        done = subprocess.run(
            [*command, f"--marks-to={target}", "tests"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode:
            raise Refusal(RefusalCode.INVALID, f"Проверки не собираются:\n{done.stdout[-2000:]}")
        collected: Tests = json.loads(target.read_text(encoding="utf-8"))
        return collected


def written(tests: Tests) -> str:
    """The marks as RECORD keeps them."""
    return json.dumps(tests, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
