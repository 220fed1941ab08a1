"""The four regions with their law compiled and no database behind them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.opening import open_region
from tests.regions.table import REGIONS


@pytest.fixture(scope="session")
def regions(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Region]:
    """Every region by its code; only what needs no database may be asked of them."""
    settings = Settings(regions=REGIONS, data_dir=tmp_path_factory.mktemp("regions"))
    return {code: open_region(code, settings) for code in REGIONS}
