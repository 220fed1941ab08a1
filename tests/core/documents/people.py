"""A centre with its officials in the directory, and short words for what they do with documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.directory.model import Appointment, Delegation, Person
from core.directory.seed import seed_bodies
from core.documents.deciding import Ruling, decide
from core.documents.drafting import NewDocument, draft, edit
from core.documents.model import Document, DocumentReceipt, DocumentSignature, DocumentVersion
from core.documents.printing.sheet import Sheet
from core.documents.submission import submit
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Ground
from tests.fixtures.actors import appoint
from tests.fixtures.counts import counts

BLOCK = "roads"
LETTER = Ground(ActKind.LETTER, "17-д", date(2026, 2, 20))
TEXT = {"purpose": "Меньше жалоб на дороги", "contents": "Ремонт по карте обращений"}
WRITTEN = (
    Document, DocumentVersion, DocumentReceipt, DocumentSignature, ChainRecord, DecisionRecord,
    JournalEntry,
)  # fmt: skip
ROLES = (
    "curator", "executor", "head", "block-responsible", "block-head", "block-staff",
    "administrator",
)  # fmt: skip


class Plain:
    """Prints so little that every bit of a package can be tried, and thousands of versions."""

    renderer, parts = "проба/1", dict[str, str]()

    def print(self, sheet: Sheet) -> bytes:
        return f"%PDF-1.7 {sheet.title}".encode()


@dataclass
class People:
    """One official for each role, by its key; a block's are those of roads."""

    region: Region
    actors: dict[str, Actor] = field(default_factory=dict)

    async def draft(
        self,
        kind: str,
        by: str,
        *,
        fields: Mapping[str, Any] | None = None,
        block: str | None = None,
    ) -> int:
        """A draft of the kind; its number."""
        new = NewDocument(kind, f"Проба: {kind}", TEXT if fields is None else fields, block)
        async with self.region.work(self.actors[by]) as work:
            return (await draft(work, new)).id

    async def edit(self, number: int, by: str, **fields: Any) -> None:
        async with self.region.work(self.actors[by]) as work:
            row = await work.session.get_one(Document, number)
            await edit(work, number, row.revision, row.title, {**row.fields, **fields})

    async def submit(self, number: int, by: str) -> str:
        """Submit what was drafted; the hash of the version."""
        async with self.region.work(self.actors[by]) as work:
            revision = (await work.session.get_one(Document, number)).revision
            await submit(work, number, revision)
        return await self.seen(number)

    async def decide(
        self,
        number: int,
        by: str,
        *,
        party: Authority | None = None,
        seen: str | None = None,
        **more: Any,
    ) -> str:
        """A decision of an official for his own role, or for the party named; the state after."""
        ruling = Ruling(party or Authority(by), seen or await self.seen(number), **more)
        async with self.region.work(self.actors[by]) as work:
            return (await decide(work, number, ruling)).state

    async def seen(self, number: int) -> str:
        """The hash of the version last frozen."""
        async with self.region.database.reading() as session:
            row = await session.get_one(Document, number)
            return (await session.get_one(DocumentVersion, row.current_id)).digest

    async def row(self, number: int) -> Document:
        async with self.region.database.reading() as session:
            return await session.get_one(Document, number)

    async def rows(self) -> int:
        """How many rows there are of all that a step writes."""
        return sum(await counts(self.region, *WRITTEN))

    async def dismiss(self, role: str, on: date | None) -> None:
        async with self.region.work(system()) as work:
            person = await work.session.get_one(Person, self.actors[role].person_id)
            person.dismissed = on

    async def lend(self, role: str, name: str, since: date, until: date) -> None:
        """Another official, known by this name, stands in for the holder of the role."""
        async with self.region.work(system()) as work:
            own = Appointment.person_id == self.actors[role].person_id
            held = (await work.session.scalars(select(Appointment).where(own))).first()
            assert held is not None
            person = Person(subject=name, name=f"Проверочный {name}")
            work.session.add(person)
            await work.session.flush()
            work.session.add(
                Delegation(
                    appointment_id=held.id,
                    person_id=person.id,
                    since=since,
                    until=until,
                    reason="отпуск",
                )
            )
            grants = tuple(g for g in self.actors[role].grants if g.role == held.role)
            self.actors[name] = Actor(name, person.id, grants)

    async def also(self, name: str, role: str) -> None:
        """Appoint an official to another role besides."""
        async with self.region.work(system()) as work:
            extra = await appoint(work, role, blocks=(BLOCK,), subject=f"{name}+{role}")
            (row,) = await work.session.scalars(
                select(Appointment).where(Appointment.person_id == extra.person_id)
            )
            row.person_id = self.actors[name].person_id or 0
            both = self.actors[name]
            self.actors[name] = replace(both, grants=(*both.grants, *extra.grants))


async def open_people(region: Region) -> People:
    """The directory with the bodies of the acts and one official for each role that there is."""
    people = People(region)
    async with region.work(system()) as work:
        await seed_bodies(work)
        for role in ROLES:
            blocks = (BLOCK,) if role.startswith("block") else ()
            actor = await appoint(work, role, blocks=blocks)
            if actor.grants:
                people.actors[role] = actor
    return people


async def refused(people: People, number: int, by: str, **more: Any) -> tuple[str, str | None]:
    """The code and the clause of a refusal that wrote nothing."""
    before = await people.rows()
    with pytest.raises(Refusal) as found:
        await people.decide(number, by, **more)
    assert await people.rows() == before
    clause = found.value.clause
    return found.value.code.value, clause.ref if clause else None
