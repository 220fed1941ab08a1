"""Small files, small functions: the budget of the design."""

from __future__ import annotations

import statistics

from tests.architecture.sources import FOLDERS, files, functions, module


def test_no_file_is_long() -> None:
    lengths = {
        module(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(*FOLDERS, "tests", "bench")
    }
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_files_are_short_in_the_middle() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in files(*FOLDERS)]
    assert statistics.median(lengths) <= 90


def test_no_function_is_long_and_most_are_short() -> None:
    lengths = {
        f"{module(path)}.{function.name}:{function.lineno}": span
        for path in files(*FOLDERS, "tests", "bench")
        for function in functions(path)
        for span in [(function.end_lineno or 0) - function.lineno + 1]
    }
    assert {name: length for name, length in lengths.items() if length > 50} == {}
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 25
