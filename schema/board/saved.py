"""Saved operations of pages, and asking one by the reader's own rights."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.db.snapshot import Reads
from core.kernel.access import ANONYMOUS, Actor
from core.kernel.codes import RefusalCode
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from schema.graphql.context import Context
from schema.graphql.operation import HttpRefusal, Operation
from schema.graphql.wording import BEGINS
from schema.web.endpoint import Endpoint

STRANGE = "В адресе страницы или в форме стоит значение, которого не бывает."
HOME = Path(__file__).parents[1] / "operations" / "board"


class Failed(Exception):
    """A block whose operation was refused: what the API says of it, in Russian."""

    def __init__(self, code: str, text: str) -> None:
        self.code, self.text = code, text
        super().__init__(text)


@cache
def saved(name: str) -> str:
    """The text of `board/<name>`; KeyError of a file that is not there is a fault of ours."""
    return (HOME / f"{name}.graphql").read_text("utf-8")


def title(text: str) -> str:
    """What a saved operation is for, as its first line says."""
    return text.partition("\n")[0].removeprefix("# ")


@dataclass
class PageContext:
    """One page being made for one reader: it asks operations and remembers which.

    `now` is the moment of the whole page (aware UTC); so many seconds are `left` of the session,
    whose forms carry the `token`. All is read `of` one state of the database while there is one,
    which a live page tells what is new from, by its `cursor`. `own` are operations that the region
    adds. A page that a step has led to says that it is `done`. That the content of appeals was
    `read` is journalled once a page. A form that was sent is a `press`; what it gives may be
    `given_once`, though it leads nowhere.
    """

    endpoint: Endpoint
    actor: Actor
    now: datetime
    left: float = 0.0
    token: str = ""
    asked: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    of: Reads | None = None
    cursor: int | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    done: str = ""
    read: set[int] = field(default_factory=set)
    press: asyncio.Future[Any] | None = None
    given_once: bool = False

    @property
    def region(self) -> Region:
        """Whose page it is."""
        return self.endpoint.region

    @property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""
        return self.region.passport.zone

    @property
    def today(self) -> date:
        """The region's local day."""
        return local_date(self.now, self.zone)

    @asynccontextmanager
    async def one_state(self, *, at_once: bool = True) -> AsyncIterator[None]:
        """Read whatever is asked meanwhile of one state of the database: numbers agree by that.

        Not `at_once` for a page that is likely to read nothing of it.
        """
        database = self.region.database
        opened = database.snapshot() if at_once else database.snapshot(at_once=False)
        async with opened as self.of:
            try:
                yield
            finally:
                self.of = None

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """What the page knows beside its operations: for reading alone, of the same state."""
        return self.region.reading(ANONYMOUS, self.of)

    async def ask(self, name: str, /, **variables: Any) -> dict[str, Any]:
        """The data of a saved operation; Failed where the API refuses any of it."""
        self.asked[name] = variables
        return await self.run(self.text(name), variables)

    def text(self, name: str) -> str:
        """The text of a saved operation of the board or of the region."""
        return self.own.get(name) or saved(name)

    async def run(self, text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of an operation that is made for one page."""
        operation = Operation(text, None, dict(variables))
        context = Context(
            self.region, self.actor, self.now,
            feed=self.endpoint.feed, of=self.of, journalled=self.read,
        )  # fmt: skip
        try:
            answer = await self.endpoint.within(operation, context)
        except HttpRefusal as refusal:
            raise Failed(RefusalCode.INVALID, refusal.refusal.text) from refusal
        if errors := answer.get("errors"):
            code = errors[0].get("extensions", {}).get("code", "INTERNAL")
            said: str = errors[0]["message"]
            raise Failed(code, STRANGE if said.startswith(BEGINS) else said)
        data: dict[str, Any] = answer["data"]
        return data
