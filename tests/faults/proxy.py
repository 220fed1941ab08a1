"""A TCP proxy on the loopback address that cuts, delays or swallows, by a seed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

CHUNK = 4_096
MOST_BYTES = 60_000


class Proxy:
    """Between a client and `target`. What it does to connections can be changed at any time."""

    def __init__(self, target: int, random: Random) -> None:
        self.port = 0
        self.cutting, self.delay, self.swallowing = False, 0.0, False
        self.cuts = 0
        self._target, self._random = target, random
        self._open: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Proxy]:
        """The proxy while the block lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()

    def cut(self) -> None:
        """Cut every connection there is, with whatever is on its way."""
        self.cuts += len(self._open) // 2
        for writer in [*self._open]:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner, outer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, outer}
        left = self._random.randrange(1, MOST_BYTES)
        try:
            await asyncio.gather(self._pass(reader, outer, left), self._pass(inner, writer, left))
        finally:
            for one in (writer, outer):
                self._open.discard(one)
                one.transport.abort()

    async def _pass(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, left: int
    ) -> None:
        """Hand bytes on until the end, or until so many went by while connections are cut."""
        with contextlib.suppress(OSError):
            while part := await source.read(CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if self.swallowing:
                    continue
                left -= len(part)
                if self.cutting and left < 0:
                    self.cuts += 1
                    target.write(part[: len(part) + left])
                    break
                target.write(part)
                await target.drain()
        target.transport.abort() if self.cutting else target.close()
