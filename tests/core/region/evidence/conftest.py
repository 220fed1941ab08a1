"""The desk of the appeals' tests, whose cases are sealed here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.kernel.region import Region
from core.kernel.sealing.vault import FILE
from tests.conftest import OpenRegion
from tests.core.appeals.conftest import desk

__all__ = ["desk"]


@pytest.fixture
async def polygon(open_test_region: OpenRegion, templates: Path) -> Region:
    """A region with the keys of the rows that its database was made with."""
    region = await open_test_region("tests.grounds.polygon")
    region.folder.mkdir(parents=True)
    shutil.copyfile(templates / region.code / FILE, region.folder / FILE)
    return region
