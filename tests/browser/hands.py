"""A browser that tests use as people do: tabs, keys, fields, what is told aloud, the focus."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

HERE = Path(__file__).parent
TIMEOUT_SECONDS = 60


Browser: TypeAlias = "subprocess.Popen[bytes]"
"""The process of hands.mjs."""


class Clumsy(Exception):
    """The page had nothing of what was to be touched, or not in time."""


@dataclass
class Hands:
    """The process that holds the browser: one command at a time; it answers each, or says why."""

    process: Browser
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def do(self, tab: str, deed: str, **given: Any) -> Any:
        command = json.dumps({"tab": tab, "do": deed, "with": given}) + "\n"
        async with self.turn:
            answer = json.loads(await asyncio.to_thread(self._answer, command.encode()))
        if "error" in answer:
            raise Clumsy(answer["error"])
        return answer["value"]

    def _answer(self, command: bytes) -> bytes:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(command)
        self.process.stdin.flush()
        return self.process.stdout.readline()


@dataclass
class Tab:
    """A tab of somebody's browser at the pages of one region; `what` is Playwright's selector."""

    hands: Hands
    name: str
    root: str
    allowed: Sequence[str] = ()

    async def go(self, path: str = "") -> int:
        """Open a page by its path behind the region or its whole address; the status."""
        url = path if path.startswith("http") else self.root + path
        status: int = await self.do("goto", url=url, allowed=list(self.allowed))
        return status

    async def do(self, deed: str, **given: Any) -> Any:
        return await self.hands.do(self.name, deed, **given)

    async def follow(self, what: str) -> None:
        """Press what leads to another page, and be there."""
        await self.do("follow", what=what)

    async def fill(self, what: str, text: str) -> None:
        await self.do("fill", what=what, text=text)

    async def enter(self) -> None:
        """Send what was typed, and be where it leads."""
        await self.do("enter", key="Enter")

    async def texts(self, what: str) -> list[str]:
        found: list[str] = await self.do("texts", what=what)
        return found

    async def text(self, what: str) -> str:
        """The words of the one that there is."""
        (found,) = await self.texts(what)
        return found

    async def appears(self, what: str) -> None:
        await self.do("appears", what=what)

    async def heading(self) -> str:
        return await self.text("h1")

    async def focus(self) -> str:
        """What has the focus: its element and its name."""
        found: str = await self.do("focus")
        return found

    async def tree(self, what: str = "main") -> str:
        """Names, roles and states below it, as they are told to whoever listens."""
        found: str = await self.do("tree", what=what)
        return found

    async def path(self) -> str:
        """Where it is, behind the region."""
        found: str = await self.do("address")
        return found.removeprefix(self.root)

    async def quiet(self) -> None:
        """Nothing was said in the console, asked elsewhere or kept from running since.

        That a form was refused the browser says of itself.
        """
        assert [one for one in await self.do("noise") if "a status of 4" not in one] == []


@contextmanager
def browsing(chromium: str) -> Iterator[Browser]:
    """A browser that tests share: to start one costs more than most of what is done in it."""
    command = ("node", str(HERE / "hands.mjs"), chromium)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(TIMEOUT_SECONDS)


@asynccontextmanager
async def hands_in(browser: Browser) -> AsyncIterator[Hands]:
    """Close behind one what he has opened: a server does not end before its streams do."""
    hands = Hands(browser)
    try:
        yield hands
    finally:
        await hands.do("", "forget")


async def opened(
    hands: Hands,
    name: str,
    root: str,
    *,
    person: str = "",
    scripts: bool = True,
    width: int = 1280,
) -> Tab:
    """A new tab; tabs of one person share a browser."""
    await hands.do(name, "open", person=person or name, scripts=scripts, width=width)
    return Tab(hands, name, root)
