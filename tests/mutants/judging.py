"""Judging in several processes at once: each has a copy of the tree and the libraries loaded."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Queue
from pathlib import Path

import alembic
import hypothesis
import pymorphy3  # type: ignore[import-untyped]
import pytest
import sqlalchemy.ext.asyncio
import strawberry

from tests.mutants.by_hand import Named, applied
from tests.mutants.running import Fate, Ran, Stage, ran
from tests.mutants.tree import Tree

LOADED = (alembic, hypothesis, pymorphy3, pytest, sqlalchemy.ext.asyncio, strawberry)
"""Libraries that every test run needs: loaded once, before the forks."""

trees: list[Tree] = []


@dataclass(frozen=True, slots=True)
class Case:
    """A mutant under its name: the files that it changes, as texts; and who is asked about it."""

    name: str
    texts: tuple[tuple[Path, str], ...]
    stages: tuple[Stage, ...]


@contextmanager
def judges(workers: int) -> Iterator[Executor]:
    """So many processes, each with its copy; the copies go when the caller is done."""
    home = Path(tempfile.mkdtemp(prefix="mutants-"))
    fork = multiprocessing.get_context("fork")
    copies: Queue[Tree] = fork.Queue()
    first = Tree.copied(home / "0")
    for number in range(workers):
        copies.put(first if number == 0 else first.again(home / str(number)))
    try:
        with ProcessPoolExecutor(workers, fork, initializer=_begin, initargs=(copies,)) as pool:
            yield pool
    finally:
        shutil.rmtree(home)


def fates(pool: Executor, cases: Sequence[Case]) -> Iterator[tuple[Case, Ran]]:
    """What becomes of each, as it ends."""
    running = {pool.submit(_judge, case): case for case in cases}
    for done in as_completed(running):
        yield running[done], done.result()


def sick(pool: Executor, stages: Sequence[Stage]) -> list[Stage]:
    """Of these the stages that judge nothing, since they fail where nothing is mutated.

    The same tests in another order are asked once.
    """
    different = {frozenset(stage): stage for stage in stages}
    whole = [Case("", (), (stage,)) for stage in different.values()]
    return [case.stages[0] for case, one in fates(pool, whole) if one.fate is not Fate.SURVIVED]


def unnoticed(pool: Executor, by_hand: Sequence[Named]) -> list[str]:
    """The test files that should have died of a named mutant and did not, a line each."""
    return [line for lines in pool.map(_unnoticed, by_hand) for line in lines]


def _begin(copies: Queue[Tree]) -> None:
    trees.append(copies.get())


def _judge(case: Case) -> Ran:
    with trees[0].changed(dict(case.texts)):
        return ran(trees[0].home, case.stages)


def _unnoticed(by_hand: Named) -> list[str]:
    with applied(by_hand, trees[0].home):
        ends = {name: ran(trees[0].home, [(name,)]).fate for name in by_hand.dies}
    return [f"{by_hand.name}: {name}" for name, fate in ends.items() if fate is Fate.SURVIVED]
