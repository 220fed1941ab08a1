"""Reading a letter in a process of its own: whatever it does to its reader, nobody else notices."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import orjson

from core.mailbox.letter.body import Unreadable
from core.mailbox.letter.reader import Read, read_again

PROGRAM = ("-m", "core.mailbox.letter")
HEADERS, FILES = "headers", "files"
PIECE = 256_000
SECONDS = 60.0
"""By the clock; the process itself ends sooner when it computes all the while."""

LOST = Unreadable("письмо", "разобрать не удалось ничего; письмо сохранено целиком")


class BrokenLetter(Exception):
    """A letter has broken its reader."""


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment about to be read: its name, and the bytes that wait for whoever asks."""

    name: str
    size: int
    source: asyncio.StreamReader

    async def pieces(self) -> AsyncIterator[bytes]:
        """Its bytes; BrokenLetter where they end too soon."""
        left = self.size
        while left:
            piece = await self.source.read(min(left, PIECE))
            if not piece:
                raise BrokenLetter("the reader broke")
            left -= len(piece)
            yield piece


async def read_apart(raw: bytes, seconds: float = SECONDS) -> Read:
    """What the letter says; as much of it as can be read where it breaks the reader. Never raises.

    The process gets neither settings nor secrets.
    """
    read = await _run(raw, (), seconds)
    if read is not None:
        return read
    outline = await _run(raw, (HEADERS,), seconds)
    return Read(unreadable=(LOST,)) if outline is None else outline


@asynccontextmanager
async def unpacking(raw: bytes, seconds: float = SECONDS) -> AsyncIterator[AsyncIterator[Part]]:
    """The attachments of the letter, one after the other; each is read before the next is asked.

    Raises BrokenLetter where the reader breaks, TimeoutError where it takes too long.
    """
    process = await _begin((FILES,))
    feeding = asyncio.ensure_future(_feed(process, raw))
    try:
        async with asyncio.timeout(seconds):
            yield _parts(process)
    finally:
        feeding.cancel()
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _feed(process: asyncio.subprocess.Process, raw: bytes) -> None:
    assert process.stdin is not None
    with suppress(ConnectionError):
        process.stdin.write(raw)
        await process.stdin.drain()
    process.stdin.close()


async def _parts(process: asyncio.subprocess.Process) -> AsyncIterator[Part]:
    assert process.stdout is not None
    while line := await process.stdout.readline():
        about = orjson.loads(line)
        yield Part(about["name"], about["size"], process.stdout)
    if await process.wait() != 0:
        raise BrokenLetter("the reader broke")


async def _run(raw: bytes, arguments: Sequence[str], seconds: float) -> Read | None:
    process = await _begin(arguments)
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(raw)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return read_again(orjson.loads(said)) if process.returncode == 0 else None


async def _begin(arguments: Sequence[str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *PROGRAM,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)) or "."},
    )
