"""A region at work: its law, database and keys, opened once at start."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from core.db.database import Database
from core.db.snapshot import Reads
from core.kernel.access import Actor
from core.kernel.events import Catalogue
from core.kernel.extensions import AnyJob
from core.kernel.files import FolderFiles
from core.kernel.keys import Keys
from core.kernel.rules.calendar import WorkingCalendar, whole_seconds
from core.kernel.rules.passport import Passport
from core.kernel.sealing.seals import Sealing
from core.kernel.serves import citations
from core.kernel.settings import RegionSettings, Settings
from core.kernel.work import E_MAIL, Departure, Handlers, Outbox, Work
from core.law.rulebook import Rulebook
from core.law.traceability import Citations

Clock = Callable[[], datetime]
FILES = "files"
"""The folder of sealed files in the region's own."""


@dataclass(frozen=True, repr=False)
class Region:
    """Everything one region runs on; opened once at start, read by every request."""

    code: str
    settings: Settings
    own: RegionSettings
    rules: Rulebook
    jobs: Mapping[str, AnyJob]
    events: Catalogue
    handlers: Handlers
    versions: Mapping[str, Path]
    directories: tuple[Path, ...]
    boards: tuple[Path, ...]
    database: Database
    keys: Keys
    calendar: WorkingCalendar
    clock: Clock
    packages: tuple[str, ...]
    graphql: tuple[str, ...] = ()
    """Modules of the layers whose `SCHEMA` the API takes in."""

    outbox: Outbox | None = None
    """Who writes down what other systems are to be told of each event."""

    def __repr__(self) -> str:
        return f"Region({self.code!r})"

    @property
    def passport(self) -> Passport:
        """The region's card as it stands."""
        return self.rules.get(Passport, "region", self.clock().date())

    @property
    def files(self) -> FolderFiles:
        """Where the region's files lie: beside its database's folder, whatever the database is."""
        return FolderFiles(self.settings.data_dir / self.code / FILES)

    @cached_property
    def sealing(self) -> Sealing:
        """What rows of the journal are sealed by."""
        return Sealing(self.keys, self.folder)

    @property
    def folder(self) -> Path:
        """Where the region keeps what is not in its database."""
        return self.settings.data_dir / self.code

    @cached_property
    def citations(self) -> Citations:
        """What serves each clause of the region's acts."""
        return citations([self.rules], self.packages)

    @property
    def departure(self) -> Departure:
        """How letters leave, by the region's settings."""
        served = {*self.own.mail_channels, E_MAIL} if self.own.mails else set[str]()
        return Departure(timedelta(minutes=self.own.recall_minutes), frozenset(served))

    def now(self) -> datetime:
        """This moment, aware UTC, to the second."""
        return whole_seconds(self.clock())

    @asynccontextmanager
    async def work(self, actor: Actor) -> AsyncIterator[Work]:
        """A unit of work for the actor: commits when the block ends, undone when it raises."""
        async with self.database.writing() as session:
            yield self._work(session, actor)

    @asynccontextmanager
    async def reading(self, actor: Actor, of: Reads | None = None) -> AsyncIterator[Work]:
        """The same for reading alone: short, never shared, and what it changed is dropped.

        It reads `of` one state where that is given.
        """
        async with (of or self.database).reading() as session:
            yield self._work(session, actor)

    def _work(self, session: AsyncSession, actor: Actor) -> Work:
        return Work(
            region=self.code,
            session=session,
            actor=actor,
            now=self.now(),
            rules=self.rules,
            keys=self.keys,
            calendar=self.calendar,
            public_url=self.settings.public_url,
            events=self.events,
            handlers=self.handlers,
            sealing=self.sealing,
            departure=self.departure,
            outbox=self.outbox,
        )
