"""A pytest plugin: writes which tests are marked with which clauses, `--marks-to=FILE`.

With `--only-clause=REF` those marked with this one alone are run.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--marks-to", type=Path, default=None)
    parser.addoption("--only-clause", default=None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if wanted := config.getoption("--only-clause"):
        items[:] = [item for item in items if wanted in marks([item])]


def pytest_collection_finish(session: pytest.Session) -> None:
    target = session.config.getoption("--marks-to")
    if target is not None:
        target.write_text(json.dumps(marks(session.items), ensure_ascii=False), encoding="utf-8")


def marks(items: list[pytest.Item]) -> dict[str, list[str]]:
    """The tests of each clause by the name of their function, whatever its parameters.

    A test that is always skipped proves nothing and does not count.
    """
    found: dict[str, set[str]] = {}
    for item in items:
        if item.get_closest_marker("skip") is None:
            name = item.nodeid.partition("[")[0]
            for mark in item.iter_markers("clause"):
                for ref in mark.args:
                    found.setdefault(ref, set()).add(name)
    return {ref: sorted(names) for ref, names in sorted(found.items())}
