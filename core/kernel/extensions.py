"""What a layer may hand over besides rules: frozen descriptions, collected once at start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.kernel.access import Actor
from core.kernel.events import Event
from core.kernel.files import Files
from core.kernel.settings import RegionSettings
from core.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Listener:
    """Runs in the transaction of every event with this name; what it raises undoes the change."""

    event: str
    run: Callable[[Work, Event], Awaitable[None]]


class Units(Protocol):
    """Opens units of work; a region is one."""

    @property
    def own(self) -> RegionSettings:
        """The region's settings."""

    @property
    def files(self) -> Files:
        """Where the region's files lie."""

    def now(self) -> datetime:
        """This moment, aware UTC, to the second."""

    def work(self, actor: Actor) -> AbstractAsyncContextManager[Work]:
        """A unit of work that commits when the block ends."""

    def reading(self, actor: Actor) -> AbstractAsyncContextManager[Work]:
        """The same for reading alone."""


Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Job:
    """Later work, idempotent: `run(work, payload)` in one transaction with the end of the job.

    `every` makes it periodic; it is then queued once a period. `leaves` says that it lets something
    out to people or systems: it waits while the doors of a restored database are closed. What talks
    to other servers is `ApartJob`. `title` is what people call it.
    """

    name: str
    run: Callable[[Work, Payload], Awaitable[None]]
    every: timedelta | None = None
    attempts: int = 8
    leaves: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class ApartJob:
    """The same with transactions of its own, `run(units, payload)`: none is open while it waits.

    The end of the job is written after it; one that was cut off runs again.
    """

    name: str
    run: Callable[[Units, Payload], Awaitable[None]]
    every: timedelta | None = None
    attempts: int = 8
    leaves: bool = False
    title: str = ""


AnyJob = Job | ApartJob
