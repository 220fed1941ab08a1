"""`make mutate`: so many mutants of a seed, how many are killed, and who survives."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from pathlib import Path

import alembic
import hypothesis
import pymorphy3  # type: ignore[import-untyped]
import pytest
import sqlalchemy.ext.asyncio
import strawberry

from tests.mutants.by_hand import Named, applied, table
from tests.mutants.making import Mutant, named, sample
from tests.mutants.places import asked, files
from tests.mutants.running import Fate, Tree
from tests.mutants.survivors import reason

LOADED = (alembic, hypothesis, pymorphy3, pytest, sqlalchemy.ext.asyncio, strawberry)
"""Libraries that every test run needs: loaded once, before the forks."""

Stage = tuple[str, ...]
trees: list[Tree] = []


def main() -> int:
    """Print a line a mutant as it ends, then the account; 1 where too few are killed."""
    given = _arguments()
    mutants = [*map(named, given.only)] or sample(files(), given.number, given.seed)
    by_hand = [] if given.only else table()
    began = time.monotonic()
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(given.workers, fork, initializer=_begin) as pool:
        if sick := _failing(pool, mutants):
            print("These fail where nothing is mutated:", *sick, sep="\n")
            return 2
        fates = _fates(pool, mutants)
        unnoticed = [line for lines in pool.map(_unnoticed, by_hand) for line in lines]
    survivors = [mutant for mutant, fate in fates.items() if fate is Fate.SURVIVED]
    print("\n".join([f"{len(by_hand)} named mutants, unnoticed: {len(unnoticed)}", *unnoticed]))
    enough = _account(mutants, survivors, time.monotonic() - began, given.wanted)
    return 0 if enough and not unnoticed else 1


def _failing(pool: Executor, mutants: Sequence[Mutant]) -> list[Stage]:
    """The stages that judge nothing, since they fail anyway."""
    stages = list(dict.fromkeys(stage for one in mutants for stage in asked(one.path)))
    passed = pool.map(_sound, stages)
    return [stage for stage, passes in zip(stages, passed, strict=True) if not passes]


def _fates(pool: Executor, mutants: Sequence[Mutant]) -> dict[Mutant, Fate]:
    running = {pool.submit(_judge, mutant): mutant for mutant in mutants}
    fates: dict[Mutant, Fate] = {}
    for number, done in enumerate(as_completed(running), start=1):
        mutant = running[done]
        fates[mutant] = done.result()
        print(f"{number}/{len(mutants)} {fates[mutant]:8} {mutant.name}", flush=True)
    return fates


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("only", nargs="*", help="names of mutants, core/law/merge.py:12")
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--wanted", type=float, default=85, help="percent to be killed")
    return parser.parse_args()


def _begin() -> None:
    trees.append(Tree.copied(Path(tempfile.mkdtemp(prefix="mutants-"))))


def _sound(tests: Sequence[str]) -> bool:
    return trees[0].sound(tests)


def _judge(mutant: Mutant) -> Fate:
    return trees[0].judge(mutant)


def _unnoticed(by_hand: Named) -> list[str]:
    """The test files that should have died of it and did not, a line each."""
    with applied(by_hand, trees[0].home):
        fates = {name: trees[0].tested([[name]]) for name in by_hand.dies}
    return [f"{by_hand.name}: {name}" for name, fate in fates.items() if fate is Fate.SURVIVED]


def _account(
    mutants: Sequence[Mutant], survivors: Sequence[Mutant], seconds: float, wanted: float
) -> bool:
    """Print each survivor with its reason, if one is written down; whether enough are killed."""
    for mutant in sorted(survivors, key=lambda one: one.name):
        why = reason(mutant) or "no reason is written down"
        print(f"\n{mutant.name}: {why}\n{mutant.difference}")
    killed = 100 * (len(mutants) - len(survivors)) / len(mutants)
    counted = f"{len(mutants)} mutants, {len(survivors)} survive, {killed:.1f} % killed"
    print(f"\n{counted}, {seconds:.0f} s")
    return killed >= wanted


if __name__ == "__main__":
    sys.exit(main())
