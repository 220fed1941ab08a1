"""What a serving process does about jobs, with a broker and without."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from core.kernel.region import Region
from core.kernel.settings import Settings
from core.worker.runner import attending, run_here

OVER_A_BROKER = "core.worker.broker"
"""Read only where a broker is set: its clients are large."""


def attend_queues(
    settings: Settings, regions: Sequence[Region]
) -> AbstractAsyncContextManager[None]:
    """Without a broker the process runs jobs itself; with one it sends hints to those who do."""
    if settings.broker_url is None:
        return attending(regions, run_here)
    worker = importlib.import_module(OVER_A_BROKER)
    hinting: AbstractAsyncContextManager[None] = worker.serving(settings, regions)
    return hinting
