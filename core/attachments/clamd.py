"""The antivirus by clamd's own protocol: a file streams to it, and only its word counts.

Silence, a cut, an error and a file over its limits are each said as what they are: none is CLEAN.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import dataclass

from core.attachments.kinds import ScanState, Unchecked

PIECE = 128 * 1024
LONGEST_REPLY = 4_096
OVER_LIMITS = "Heuristics.Limits.Exceeded"
"""What clamd finds in a file that it has not read to the end, where AlertExceedsMax is on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it; `unchecked` says why nothing did, `found` is the signature's name."""

    state: ScanState
    unchecked: Unchecked | None = None
    found: str | None = None


def not_checked(why: Unchecked) -> Verdict:
    """Nothing that counts was said of the file."""
    return Verdict(ScanState.UNCHECKED, why)


@dataclass(frozen=True, slots=True)
class Clamd:
    """Where it listens (`host:port` or `unix:/path`), and how long it may be silent."""

    address: str
    seconds: float

    async def scan(self, pieces: AsyncIterable[bytes]) -> Verdict:
        """Its word on a file. Raises what the pieces raise."""
        try:
            reader, writer = await self._connect()
        except (OSError, TimeoutError):
            return not_checked(Unchecked.SILENT)
        try:
            whole = await self._send(writer, pieces)
            said = await self._reply(reader)
        except TimeoutError:
            return not_checked(Unchecked.SILENT)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return not_checked(Unchecked.CUT)
        finally:
            writer.close()
            with suppress(OSError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), 1)
        return verdict_of(said, whole=whole)

    async def version(self) -> str:
        """What it says of itself; OSError or TimeoutError where it does not answer."""
        reader, writer = await self._connect()
        try:
            writer.write(b"zVERSION\0")
            return await self._reply(reader)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise ConnectionError("cut") from error
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        async with asyncio.timeout(self.seconds):
            if self.address.startswith("unix:"):
                return await asyncio.open_unix_connection(
                    self.address.removeprefix("unix:"), limit=LONGEST_REPLY
                )
            host, _, port = self.address.rpartition(":")
            return await asyncio.open_connection(host.strip("[]"), int(port), limit=LONGEST_REPLY)

    async def _send(self, writer: asyncio.StreamWriter, pieces: AsyncIterable[bytes]) -> bool:
        """Stream the file; False where it hung up before the end, as it does over its limit."""
        try:
            writer.write(b"zINSTREAM\0")
            async for piece in pieces:
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    writer.write(len(part).to_bytes(4) + part)
                    async with asyncio.timeout(self.seconds):
                        await writer.drain()
            writer.write(bytes(4))
            async with asyncio.timeout(self.seconds):
                await writer.drain()
        except ConnectionError:
            return False
        return True

    async def _reply(self, reader: asyncio.StreamReader) -> str:
        async with asyncio.timeout(self.seconds):
            return (await reader.readuntil(b"\0"))[:-1].decode("utf-8", "replace").strip()


def verdict_of(said: str, *, whole: bool) -> Verdict:
    """What a reply comes to; `whole` says that the file was sent to its end before it."""
    text = said.removeprefix("stream: ")
    if text == "OK":
        return Verdict(ScanState.CLEAN) if whole else not_checked(Unchecked.CUT)
    if text.endswith(" FOUND"):
        found = text.removesuffix(" FOUND")
        if found.startswith(OVER_LIMITS):
            return not_checked(Unchecked.TOO_BIG)
        return Verdict(ScanState.INFECTED, None, found[:200])
    if "size limit exceeded" in text:
        return not_checked(Unchecked.TOO_BIG)
    return not_checked(Unchecked.FAULT)
