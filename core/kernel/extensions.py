"""What a layer may hand over besides rules: frozen descriptions, collected once at start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from core.kernel.events import Event
from core.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Listener:
    """Runs in the transaction of every event with this name; what it raises undoes the change."""

    event: str
    run: Callable[[Work, Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of later work, idempotent: `run(work, payload)` in its own transaction.

    `every` makes it periodic; it is then queued once a period. `leaves` says that it lets something
    out to people or systems: it waits while the doors of a restored database are closed.
    """

    name: str
    run: Callable[[Work, Mapping[str, object]], Awaitable[None]]
    every: timedelta | None = None
    attempts: int = 8
    leaves: bool = False
