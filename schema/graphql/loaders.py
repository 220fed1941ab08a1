"""Rows that many fields of one answer ask for, read together: one statement a kind of question."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute
from strawberry.dataloader import DataLoader

from core.appeals.duplicates.model import Cluster, DuplicateProposal
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.queries import visible
from core.appeals.satisfaction.model import Dispute, Survey
from core.db.database import Base, Database
from core.directory.model import Appointment, Body, Person
from core.kernel.access import Actor
from core.kernel.journal import JournalEntry

LARGEST_BATCH = 1_000


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a table that belong to a value of their `key`: many in an order, or at most one.

    `cut` to those that the actor may see.
    """

    key: InstrumentedAttribute[Any]
    order: InstrumentedAttribute[Any] | None = None
    where: tuple[ColumnElement[bool], ...] = ()
    cut: bool = False

    @property
    def model(self) -> type[Base]:
        """The table's class."""
        model: type[Base] = self.key.class_  # type: ignore[assignment]
        return model

    def query(self, actor: Actor, among: ColumnElement[bool]) -> Select[Any]:
        """The rows whose keys are among some."""
        query = select(self.model).where(among, *self.where)
        if self.cut:
            query = query.where(visible(actor))
        return query if self.order is None else query.order_by(self.order)


BODIES = Rows(Body.id)
BODIES_BY_KEY = Rows(Body.key)
PERSONS = Rows(Person.id)
CLUSTERS = Rows(Cluster.id)
APPEALS = Rows(Appeal.id, cut=True)
MEMBERS = Rows(Appeal.cluster_id, Appeal.id, cut=True)
ENTRIES = Rows(LedgerEntry.appeal_id, LedgerEntry.seq)
ANSWERS = Rows(Answer.appeal_id, Answer.id)
SURVEYS = Rows(Survey.appeal_id, Survey.closing)
DISPUTES = Rows(Dispute.appeal_id, Dispute.id)
PROPOSALS = Rows(
    DuplicateProposal.appeal_id, DuplicateProposal.id, (DuplicateProposal.decided_at.is_(None),)
)
JOURNAL = Rows(JournalEntry.subject, JournalEntry.id)
APPOINTMENTS = Rows(Appointment.person_id, Appointment.id)


class Loaders:
    """The loaders of one request, each made when it is first asked for."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database, self._actor = database, actor
        self._made: dict[Rows, DataLoader[Hashable, Any]] = {}

    async def load(self, rows: Rows, value: Hashable) -> Any:
        """The rows of this value; a row or None where there is at most one."""
        if value is None:
            return None if rows.order is None else []
        if rows not in self._made:
            self._made[rows] = self._loader(rows)
        # An error cancels the fields beside it; what others wait for too must not end with them.
        return await asyncio.shield(self._made[rows].load(value))

    def _loader(self, rows: Rows) -> DataLoader[Hashable, Any]:
        async def load(keys: list[Hashable]) -> Sequence[Any]:
            found: defaultdict[Hashable, list[Any]] = defaultdict(list)
            async with self._database.reading() as session:
                query = rows.query(self._actor, rows.key.in_(keys))
                for row in await session.scalars(query):
                    found[getattr(row, rows.key.key)].append(row)
            if rows.order is None:
                return [found[key][0] if key in found else None for key in keys]
            return [found[key] for key in keys]

        return DataLoader(load_fn=load, max_batch_size=LARGEST_BATCH)
