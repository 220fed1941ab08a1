"""Reading a letter in a process of its own: whatever it does to its reader, nobody else notices."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence

import orjson

from core.mailbox.letter.body import Unreadable
from core.mailbox.letter.reader import Read, read_again

PROGRAM = ("-m", "core.mailbox.letter")
HEADERS = "headers"
SECONDS = 60.0
"""By the clock; the process itself ends sooner when it computes all the while."""

LOST = Unreadable("письмо", "разобрать не удалось ничего; письмо сохранено целиком")


async def read_apart(raw: bytes, seconds: float = SECONDS) -> Read:
    """What the letter says; as much of it as can be read where it breaks the reader. Never raises.

    The process gets neither settings nor secrets.
    """
    read = await _run(raw, (), seconds)
    if read is not None:
        return read
    outline = await _run(raw, (HEADERS,), seconds)
    return Read(unreadable=(LOST,)) if outline is None else outline


async def _run(raw: bytes, arguments: Sequence[str], seconds: float) -> Read | None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *PROGRAM,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)) or "."},
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(raw)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return read_again(orjson.loads(said)) if process.returncode == 0 else None
