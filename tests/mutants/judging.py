"""Judging in several processes at once: each has a copy of the tree and the libraries loaded."""

from __future__ import annotations

import json
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
from tests.mutants.reach import Reach, called
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


def watched(pool: Executor, files: Sequence[str]) -> Iterator[tuple[str, Reach | None]]:
    """What each test file reaches, as it ends; None where it fails though nothing is mutated."""
    running = {pool.submit(_watch, file): file for file in files}
    for done in as_completed(running):
        yield running[done], done.result()


def unnoticed(pool: Executor, by_hand: Sequence[Named]) -> list[str]:
    """The test files that should have died of a named mutant and did not, a line each."""
    return [line for lines in pool.map(_unnoticed, by_hand) for line in lines]


def _begin(copies: Queue[Tree]) -> None:
    trees.append(copies.get())


def _judge(case: Case) -> Ran:
    with trees[0].changed(dict(case.texts)):
        return ran(trees[0].home, case.stages)


def _watch(file: str) -> Reach | None:
    home = trees[0].home
    lines = home / ".called.json"
    one = ran(home, [(file,)], lines)
    if one.fate is not Fate.SURVIVED:
        return None
    return Reach(called(json.loads(lines.read_text(encoding="utf-8"))), one.seconds)


def _unnoticed(by_hand: Named) -> list[str]:
    with applied(by_hand, trees[0].home):
        ends = {name: ran(trees[0].home, [(name,)]).fate for name in by_hand.dies}
    return [f"{by_hand.name}: {name}" for name, fate in ends.items() if fate is Fate.SURVIVED]
