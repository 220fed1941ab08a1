"""Antiviruses of the tests: one that speaks the protocol as it is told, and Debian's own."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from core.attachments.clamd import Clamd
from core.attachments.probes import EICAR, nested
from tests.places import ROOT

PROGRAM = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
SECONDS = 60
LIMITED = b"stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0"
CONFIGURATION = """\
LocalSocket {socket}
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground yes
"""
GUIDE = re.compile(r"```conf\n(.*?)```", re.DOTALL)


def advised() -> dict[str, str]:
    """What the guide says of its limits."""
    (block,) = GUIDE.findall((ROOT / "docs" / "attachments.md").read_text("utf-8"))
    return dict(line.split() for line in block.splitlines())


class Fake:
    """Says `reply` once a file has come whole; `way` is how else it behaves.

    `silent` never answers, `cut` hangs up, `early` answers before the end, `limit` hangs up with an
    error once `most` bytes have come.
    """

    def __init__(self, reply: bytes = b"stream: OK\0", way: str = "", most: int = 10_000) -> None:
        self.reply, self.way, self.most = reply, way, most
        self.heard: list[bytes] = []
        self.port = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def client(self, seconds: float = 5.0) -> Clamd:
        return Clamd(self.address, seconds)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._answer(reader, writer)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if command == b"zVERSION\0":
            writer.write(b"ClamAV 1.0.0/1\0")
            return
        assert command == b"zINSTREAM\0"
        if self.way == "cut":
            await reader.readexactly(4)
            return
        heard = bytearray()
        while size := int.from_bytes(await reader.readexactly(4)):
            heard += await reader.readexactly(size)
            if self.way == "early":
                writer.write(self.reply)
                return
            if self.way == "limit" and len(heard) > self.most:
                writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                await writer.drain()
                return
        self.heard.append(bytes(heard))
        if self.way == "silent":
            await reader.read()
            return
        writer.write(self.said(bytes(heard)))
        await writer.drain()

    def said(self, _content: bytes) -> bytes:
        return self.reply


class Candid(Fake):
    """Says of archives in archives that it has not read them, of the rest what it is told."""

    def said(self, content: bytes) -> bytes:
        return LIMITED if content == nested() else self.reply


@asynccontextmanager
async def listening(fake: Fake) -> AsyncIterator[Fake]:
    server = await asyncio.start_server(fake.answer, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()


@asynccontextmanager
async def debians(
    folder: Path, **limits: str
) -> AsyncIterator[tuple[Clamd, asyncio.subprocess.Process]]:
    """Debian's clamd, set up as the guide says but for these limits, with one signature of its own.

    It ends with the block.
    """
    assert PROGRAM is not None
    (folder / "signatures").mkdir(parents=True, exist_ok=True)
    signature = f"Tsur.Test.EICAR:0:*:{EICAR.hex()}\n"
    (folder / "signatures" / "tsur.ndb").write_text(signature)
    lines = [f"{name} {value}\n" for name, value in {**advised(), **limits}.items()]
    near = Path(mkdtemp(prefix="clamd-", dir="/tmp"))  # the path of a socket has 107 bytes at most
    socket = near / "socket"
    said = CONFIGURATION.format(folder=folder, socket=socket) + "".join(lines)
    (folder / "clamd.conf").write_text(said)
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        "-c",
        str(folder / "clamd.conf"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    clamd = Clamd(f"unix:{socket}", SECONDS)
    try:
        for _ in range(600):
            with suppress(OSError):
                await clamd.version()
                break
            await asyncio.sleep(0.1)
        yield clamd, process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.wait()
        shutil.rmtree(near)
