"""The process beside the service that works jobs off: `python -m core.worker.beside`.

It ends with whoever started it: its standard input is a pipe that nobody else holds, and a pipe
closes however its holder dies.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from contextlib import AsyncExitStack

from core.kernel.logs import write_logs
from core.kernel.settings import Settings, read_settings
from core.region.opening import open_region
from core.worker.runner import attending, run_here

GRACE_SECONDS = 1.5
"""For a job in hand when the service ends: what is cut off is undone and comes round again."""

NICENESS = 10
"""On a busy machine jobs leave most of a core to those who wait for answers; woken, they wait for
their turn and take it from nobody (SCHED_BATCH, where there is one)."""


def main() -> None:
    """Attend to the queues of all regions until the pipe closes or a signal comes."""
    if "" not in sys.path:
        sys.path.insert(0, "")  # a region of one's own is found in the working folder
    gc.disable()  # until the regions are open: what is made by then is no garbage
    settings = read_settings()
    write_logs(structured=settings.structured_logs)
    os.nice(NICENESS)
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    asyncio.run(_attend(settings))


async def _attend(settings: Settings) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    threading.Thread(target=_watch, args=(loop, stop), name="pipe", daemon=True).start()
    async with AsyncExitStack() as stack:
        regions = [open_region(code, settings, make_keys=False) for code in settings.regions]
        for region in regions:
            stack.push_async_callback(region.database.close)
        gc.freeze()
        gc.enable()
        async with attending(regions, run_here, grace=GRACE_SECONDS):
            await stop.wait()


def _watch(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Stop when the pipe closes, and for sure: a job that does not let go is cut off."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    loop.call_soon_threadsafe(stop.set)
    threading.Event().wait(2 * GRACE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
