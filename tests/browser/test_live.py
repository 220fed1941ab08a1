"""Live pages in a real browser: its tabs share one stream, and nothing moves under a reader."""

from __future__ import annotations

import asyncio
import json
import os

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.demo.service import fill
from core.kernel.access import system
from core.kernel.region import Region
from tests.browser.conftest import HERE, served
from tests.browser.test_board import WHOLE
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

TABS = 10 if WHOLE else 3
"""The browser takes six connections to a server; `make browser` opens more tabs than that."""

TIMEOUT_SECONDS = 120


async def prepare(region: Region) -> None:
    await fill(region, 40)


async def changing(region: Region, clock: FrozenClock) -> asyncio.Server:
    """A server that takes in an appeal whenever it is asked for anything."""
    numbers = iter(range(1, 1_000))

    async def change(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        clock.forward(seconds=2)
        async with region.work(system()) as work:
            await take_in(work, NewAppeal("letter", f"н-{next(numbers)}", "Не горит фонарь."))
        writer.write(b"HTTP/1.1 204 X\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    return await asyncio.start_server(change, "127.0.0.1", 0)


async def test_tabs_share_one_stream_and_nothing_moves(
    chromium: str, open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    region = await open_test_region("kursk", prepare)
    server = await changing(region, clock)
    async with served(region) as address, server:
        plan = {
            "tabs": TABS,
            "login": f"{address}/kursk/login/demo/curator",
            "list": f"{address}/kursk/appeals",
            "change": f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/",
            "folder": os.environ.get("TSUR_TEST_PICTURES"),
        }
        command = ("node", str(HERE / "live.mjs"), chromium, json.dumps(plan))
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        async with asyncio.timeout(TIMEOUT_SECONDS):
            out, _ = await process.communicate()
        assert process.returncode == 0
    told = json.loads(out)
    assert told["noise"] == []
    assert (told["streams"], told["streams_again"]) == (1, 1)
    assert len(told["seconds"]) == 2 * TABS, "each tab has answered, before and beside the stream"
    assert set(told["words"]) == {"новых 1, показать"}
    assert told["status"] == "новых 1, показать"
    assert (told["moved"], told["focus"], told["sideways"]) == (False, "A", False)
    assert told["landed"] == "main"
    assert told["paused"] == [0, "Обновление приостановлено"]
    assert (told["resumed"], told["left"]) == (1, 1)
