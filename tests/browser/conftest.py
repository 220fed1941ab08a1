"""A browser to look at a served region with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.browser.hands import HERE, Browser, browsing
from tests.fixtures.serving import served

__all__ = ["HERE", "served"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium with what drives it; the test is skipped where something of it is missing."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    if shutil.which("node") is None or not (HERE / "node_modules" / "axe-core").is_dir():
        pytest.skip("no playwright-core and axe-core here: npm ci --prefix tests/browser")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One for all tests of a session."""
    with browsing(chromium) as process:
        yield process
