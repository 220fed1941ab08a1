"""The one thing every use case, listener and job is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from core.db.bulk import Row, table_of, write_alike
from core.db.cache import Memo
from core.db.database import MOMENT
from core.kernel.access import Actor
from core.kernel.events import Catalogue, Event
from core.kernel.journal import JOURNAL_FORM, JournalEntry
from core.kernel.keys import Keys
from core.kernel.queue import JobState, QueuedJob
from core.kernel.rules.calendar import WorkingCalendar, local_date
from core.kernel.rules.passport import Passport
from core.kernel.sealing.rows import SEAL_OF_ITS_OWN, sealed_alike
from core.kernel.sealing.seals import SEALING, Sealing
from core.law.rulebook import Rulebook

Handlers = Mapping[str, tuple[Callable[["Work", Event], Awaitable[None]], ...]]
Outbox = Callable[["Work", Sequence[Event]], Awaitable[None]]
"""Writes down, in the transaction of events, what others are to be told of them."""


E_MAIL = "e-mail"
"""The channel of letters by e-mail, in every region."""


@dataclass(frozen=True, slots=True)
class Departure:
    """How letters leave: how long an answer may be taken back, and what this program sends itself.

    `mailed` are the keys of channels whose notices go by its own mail; no adapter takes those.
    """

    pause: timedelta = timedelta(minutes=5)
    mailed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Work:
    """A unit of work: it commits once, at the boundary, or leaves nothing behind.

    `now` is aware UTC to the second and the only clock; `rules` the region's compiled law.
    """

    region: str
    session: AsyncSession
    actor: Actor
    now: datetime
    rules: Rulebook
    keys: Keys
    calendar: WorkingCalendar
    public_url: str
    events: Catalogue = field(repr=False)
    handlers: Handlers = field(repr=False)
    sealing: Sealing
    departure: Departure = Departure()
    outbox: Outbox | None = field(default=None, repr=False)
    told: datetime | None = field(default=None, init=False)
    """What the clock says, where `now` is later: see `follow`."""

    def __post_init__(self) -> None:
        """What is changed in the session is changed at this moment, and sealed by this region."""
        self.session.info[MOMENT] = self.now
        self.session.info[SEALING] = self.sealing

    def follow(self, moment: datetime) -> None:
        """Let nothing of this unit be earlier than what was written at this moment.

        Where the clock has been set back, its time stands still for what came before: an effect is
        never earlier than its cause, and no stretch of time is negative.
        """
        if moment > self.now:
            object.__setattr__(self, "told", self.told or self.now)
            object.__setattr__(self, "now", moment)
            self.__dict__.pop("today", None)
            self.session.info[MOMENT] = moment

    @cached_property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""
        return self.rules.get(Passport, "region", self.now.date()).zone

    @cached_property
    def today(self) -> date:
        """The local day of the region."""
        return local_date(self.now, self.zone)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.session.get_bind().dialect.name

    async def record(self, event: Event) -> None:
        """Write the event to the journal and let the listeners act in this transaction.

        LookupError for one that nobody declared.
        """
        self.session.add(JournalEntry(subject=event.subject, **self._said(event)))
        await self._write_out((event,))
        await self._tell(event)

    async def record_many(self, events: Sequence[Event]) -> None:
        """The same for many at once, their lines written in bulk before anybody is told.

        Those with the very same `before` and `after` are written alike.
        """
        alike: Memo[Row] = Memo()

        def said(event: Event) -> Row:
            key = (event.name, event.cause, id(event.before), id(event.after))
            return alike.recall(key, lambda: self._said(event))

        lines = ((said(event), event.subject) for event in events)
        own = ("subject",)
        sealed = sealed_alike(self.session, JOURNAL_FORM, own, lines, personal=True)
        await write_alike(self.session, table_of(JournalEntry), (*own, *SEAL_OF_ITS_OWN), sealed)
        await self._write_out(events)
        for event in events:
            if event.name in self.handlers:
                await self._tell(event)

    def _said(self, event: Event) -> dict[str, Any]:
        """The line of an event but for whom it is about."""
        if event.name not in self.events:
            raise LookupError(f"Событие «{event.name}» нигде не объявлено")
        return {
            "at": self.now,
            "actor": self.actor.subject,
            "name": event.name,
            "cause": event.cause,
            "before": dict(event.before),
            "after": dict(event.after),
        }

    async def _write_out(self, events: Sequence[Event]) -> None:
        if self.outbox is not None:
            await self.outbox(self, events)

    async def _tell(self, event: Event) -> None:
        for handle in self.handlers.get(event.name, ()):
            await handle(self, event)

    def later(
        self, job: str, payload: Mapping[str, object] | None = None, *, at: datetime | None = None
    ) -> None:
        """Queue a job by name; it is seen by workers once this transaction has committed."""
        self.session.add(
            QueuedJob(
                name=job,
                payload=dict(payload or {}),
                state=JobState.WAITING,
                queued_at=self.now,
                run_at=at or self.now,
            )
        )
