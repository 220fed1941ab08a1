"""Small files, small functions: the budget of the design, measured on what has code in it.

Files of fewer lines than a page's head and migrations are left out: they would prove nothing.
"""

from __future__ import annotations

import statistics
from pathlib import Path

from tests.architecture.sources import files, functions, module

PRODUCT = ("core", "schema", "municipal", "plugins")
ALL = (*PRODUCT, "tests", "bench")
LEAST = 12


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def measured(*folders: str) -> list[Path]:
    """The files of these folders that count."""
    return [
        path for path in files(*folders) if length(path) >= LEAST and "migrations" not in path.parts
    ]


def test_what_does_not_count_is_left_out() -> None:
    counted = {module(path) for path in measured(*ALL)}
    assert {"core.law.merge", "tests.conftest"} <= counted
    assert {"core.db", "core.law"} & counted == set()
    assert {name for name in counted if "migrations" in name} == set()


def test_no_file_is_long() -> None:
    lengths = {module(path): length(path) for path in measured(*ALL)}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_files_are_short_in_the_middle() -> None:
    assert statistics.median(map(length, measured(*PRODUCT))) <= 90


def test_no_function_is_long_and_most_are_short() -> None:
    lengths = {
        f"{module(path)}.{function.name}:{function.lineno}": span
        for path in measured(*ALL)
        for function in functions(path)
        for span in [(function.end_lineno or 0) - function.lineno + 1]
    }
    assert {name: span for name, span in lengths.items() if span > 50} == {}
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 25
