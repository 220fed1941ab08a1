"""`make mutate`: so many mutants of a seed, how many are killed, and who survives."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import alembic
import hypothesis
import pymorphy3  # type: ignore[import-untyped]
import pytest
import sqlalchemy.ext.asyncio
import strawberry

from tests.mutants.making import Mutant, named, sample
from tests.mutants.places import files
from tests.mutants.running import Fate, Tree

LOADED = (alembic, hypothesis, pymorphy3, pytest, sqlalchemy.ext.asyncio, strawberry)
"""Libraries that every test run needs: loaded once, before the forks."""

REASONS = Path(__file__).with_name("survivors.toml")
trees: list[Tree] = []


def main() -> int:
    """Print a line a mutant as it ends, then the account; 1 where too few are killed."""
    given = _arguments()
    mutants = [*map(named, given.only)] or sample(files(), given.number, given.seed)
    began = time.monotonic()
    survivors: list[Mutant] = []
    with ProcessPoolExecutor(
        given.workers, multiprocessing.get_context("fork"), initializer=_begin
    ) as pool:
        running = {pool.submit(_judge, mutant): mutant for mutant in mutants}
        for number, done in enumerate(as_completed(running), start=1):
            mutant, fate = running[done], done.result()
            print(f"{number}/{len(mutants)} {fate:8} {mutant.name}", flush=True)
            if fate is Fate.SURVIVED:
                survivors.append(mutant)
    return _account(mutants, survivors, time.monotonic() - began, given.wanted)


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


def _judge(mutant: Mutant) -> Fate:
    return trees[0].judge(mutant)


def _account(
    mutants: Sequence[Mutant], survivors: Sequence[Mutant], seconds: float, wanted: float
) -> int:
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8")) if REASONS.exists() else {}
    for mutant in sorted(survivors, key=lambda one: one.name):
        why = reasons.get(mutant.name, "")
        print(f"\n{mutant.name}{': ' if why else ''}{why}\n{mutant.difference}")
    killed = 100 * (len(mutants) - len(survivors)) / len(mutants)
    print(f"\n{len(mutants)} mutants, {len(survivors)} survive, {killed:.1f} % killed, {seconds:.0f} s")
    return 0 if killed >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
