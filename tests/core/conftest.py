"""The federal law as every region has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.kernel.settings import Settings
from core.law.rulebook import Rulebook
from core.region.opening import open_region

POLYGON = "tests.grounds.polygon"


@pytest.fixture(scope="session")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The rulebook of a region that adds nothing to federal law."""
    folder: Path = tmp_path_factory.mktemp("law")
    return open_region(POLYGON, Settings(data_dir=folder, regions=(POLYGON,))).rules
