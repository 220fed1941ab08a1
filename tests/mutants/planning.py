"""Which clauses are to be proven and how each is broken: `python -m tests.mutants.planning 50 12`.

A process of its own: whoever judges mutants must not have imported what is mutated.
"""

from __future__ import annotations

import inspect
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from core.kernel.serves import FIELDS, MARK, _modules
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.fault import LawError
from core.law.merge import Layer
from core.law.rule import Rule
from core.law.rulebook import compile_rulebook
from core.law.traceability import Covered, Kind, Server
from core.region.layers import layers_of, packages_of
from core.reports.coverage import collect_marks, coverage
from tests.mutants.broken import DROPPED, broken, changeable
from tests.mutants.functions import mutants, nothing
from tests.places import ROOT

TRIES = 5
"""How many mutants of a clause may live before it counts as not proven."""

RULEBOOK = Path("core/law/rulebook.py")
BROKEN = """

from tests.mutants.broken import broken

_sound = compile_rulebook


def compile_rulebook(layers):
    return _sound(broken(layers, {which}))
"""
SETTINGS = Settings(regions=DEMO_REGIONS)

Mutant = tuple[str, str, str]
"""What is changed, in which file, and its text."""


def plan(number: int, seed: int) -> list[dict[str, Any]]:
    """The clauses chosen, each with its tests and mutants in the order in which to try them."""
    marks = collect_marks(ROOT)
    account = coverage(SETTINGS, DEMO_REGIONS, marks)
    served = [one for one in account.registered if one.served and one.clause.software != "none"]
    chance = random.Random(seed)
    chosen = chance.sample(served, min(number, len(served)))
    return [
        {"ref": one.clause.ref, "tests": one.tests, "mutants": _mutants(one, chance)}
        for one in chosen
    ]


def _mutants(one: Covered, chance: random.Random) -> list[Mutant]:
    """A few of all that break what serves the clause; what does nothing at all comes last."""
    found: list[Mutant] = []
    last: list[Mutant] = []
    for server in one.served_by:
        if server.kind in (Kind.RULE, Kind.SENTENCE):
            found += _of_rule(one.clause.ref, server)
        else:
            path, name = functions()[server.name]
            code = (ROOT / path).read_text(encoding="utf-8")
            found += [(said, path, text) for said, text in mutants(code, name)]
            said, text = nothing(code, name)
            last.append((said, path, text))
    chance.shuffle(found)
    return [*found[:TRIES], *last[:1]]


def _of_rule(ref: str, server: Server) -> Iterator[Mutant]:
    kind, _, key = server.name.partition(" ")
    code = (ROOT / RULEBOOK).read_text(encoding="utf-8")
    rules = [rule for law in laws() for layer in law for rule in layer.rules]
    rule = next(r for r in rules if (r.clause.ref, r.kind_name(), r.key) == (ref, kind, key))
    standing = [field for field in changeable(rule) if _stands(ref, rule, field)]
    for field in standing or [DROPPED]:
        which = ", ".join(map(repr, (ref, kind, key, field)))
        text = code + BROKEN.format(which=which)
        yield f"{server.name}: {field or 'нет правила'}", str(RULEBOOK), text


def _stands(ref: str, rule: Rule, field: str) -> bool:
    """Whether all regions still start: what stops the start proves nothing of the clause."""
    if field == DROPPED:
        return True
    try:
        for law in laws():
            compile_rulebook(broken(law, ref, rule.kind_name(), rule.key, field))
    except (LawError, ValueError, TypeError):
        return False
    return True


@cache
def laws() -> Sequence[Sequence[Layer]]:
    """The layers of law of each region."""
    return [[layer.law for layer in layers_of(code, SETTINGS)] for code in DEMO_REGIONS]


@cache
def functions() -> Mapping[str, tuple[str, str]]:
    """The file and the name of the function of each service."""
    packages = dict.fromkeys(name for code in DEMO_REGIONS for name in packages_of(code, SETTINGS))
    found: dict[str, tuple[str, str]] = {}
    for package in (*packages, FIELDS):
        for name in _modules(import_module(package)):
            module = import_module(name)
            for value in vars(module).values():
                service = getattr(value, MARK, None)
                if service is not None and getattr(value, "__module__", None) == name:
                    path = Path(inspect.getsourcefile(module) or "").relative_to(ROOT)
                    found[service.name] = (str(path), value.__name__)
    return found


if __name__ == "__main__":
    json.dump(plan(int(sys.argv[1]), int(sys.argv[2])), sys.stdout, ensure_ascii=False)
