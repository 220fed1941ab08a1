"""Who reaches what: the functions that each test file calls, and the processor's seconds it takes.

A mutant is asked about by the files that call the mutated function alone. Each file is watched in
a process of its own, on the sound tree, so that nothing one file keeps in memory hides a call of
another; a file that fails there judges nothing.
"""

from __future__ import annotations

import ast
import json
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

from tests.mutants.making import Mutant
from tests.places import ROOT

MOST_SECONDS = 25
"""So much of the processor is spent on a mutant at most: who is near is asked first."""

Function = tuple[str, int]
"""A file, relative to the root, and the line in which the function or class begins."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The functions that a test file calls, and what the file takes."""

    functions: frozenset[Function]
    seconds: float


class Watch:
    """Remembers the code that is run from now on, in all threads."""

    def __init__(self) -> None:
        self.seen: set[CodeType] = set()
        threading.settrace(self._called)
        sys.settrace(self._called)

    def _called(self, frame: FrameType, event: str, argument: object) -> None:
        self.seen.add(frame.f_code)

    def write(self, home: Path, file: Path) -> None:
        """Stop, and write what of the tree at `home` was run: its files and lines."""
        sys.settrace(None)
        lines = {
            (code.co_filename.removeprefix(f"{home}/"), code.co_firstlineno)
            for code in self.seen
            if code.co_filename.startswith(f"{home}/")
        }
        file.write_text(json.dumps(sorted(lines)), encoding="utf-8")


def called(lines: Iterable[Sequence[object]]) -> frozenset[Function]:
    """The functions in which these pieces of code stand; what is called outside of any is none."""
    found = (_around(str(path), int(str(line))) for path, line in lines)
    return frozenset(one for one in found if one is not None)


def chosen(mutant: Mutant, near: Sequence[str], reaches: Mapping[str, Reach]) -> tuple[str, ...]:
    """Of these test files those that call what is mutated, in their order, as many as fit.

    Empty where no test calls it: such a mutant lives.
    """
    function = _around(str(mutant.path), mutant.line)
    able = [name for name in near if function in reaches[name].functions]
    return tuple(_fitting(able, reaches))


def _fitting(names: Sequence[str], reaches: Mapping[str, Reach]) -> Iterator[str]:
    spent = 0.0
    for name in names:
        spent += reaches[name].seconds
        if spent > MOST_SECONDS and spent != reaches[name].seconds:
            return
        yield name


def _around(path: str, line: int) -> Function | None:
    """The function of the file around the line, else the class: its body runs once, as it is read.

    Of a function inside another it is the outer one.
    """
    within = (start for start, end in _functions(path) if start <= line <= end)
    return next(((path, start) for start in within), None)


@cache
def _functions(path: str) -> tuple[tuple[int, int], ...]:
    """First and last lines of the functions of a file, before those of the classes around them;
    decorators are theirs."""
    file = ROOT / path
    if file.suffix != ".py" or not file.is_file():
        return ()
    return tuple(_spans(ast.parse(file.read_bytes()).body))


def _spans(body: Sequence[ast.stmt]) -> Iterator[tuple[int, int]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _spans(node.body)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            yield first, node.end_lineno or node.lineno
