"""Looking for documents, and what stands still among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, String, cast, exists, literal, select

from core.db.keyset import Order
from core.directory.model import Appointment, Person
from core.directory.service import holding
from core.documents.approval import JUDGED
from core.documents.kinds import procedures
from core.documents.model import (
    VERSION,
    Document,
    DocumentLetter,
    DocumentReceipt,
    DocumentState,
    DocumentVersion,
)
from core.documents.rules.equality import PortalEquality
from core.kernel.access import require
from core.kernel.codes import Authority, Permission
from core.kernel.journal import JournalEntry
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.days import over
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Chain, Party, Step

LETTER, RECORD = "letter", "record"
"""What force the region's act gives the portal's record; a draft has no record yet, nor number."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in one line: its version last frozen, that version's hash, number and force."""

    id: int
    kind: str
    state: str
    version: int | None
    hash: str | None
    number: str | None
    force: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A step that too few can take today (R63)."""

    document: Document
    step: Step


@serves()
async def listed(work: Work) -> list[Listed]:
    """Every document of the region in one line. Needs READ_DOCUMENTS."""
    require(work.actor, Permission.READ_DOCUMENTS)
    equal = work.rules.find(PortalEquality, "portal", work.today)
    query = (
        select(Document, DocumentVersion)
        .outerjoin(DocumentVersion, DocumentVersion.id == Document.current_id)
        .order_by(Document.id)
    )
    numbers = await _numbers(work)
    return [
        Listed(
            id=row.id,
            kind=row.kind,
            state=row.state,
            version=version.number if version else None,
            hash=version.digest if version else None,
            number=numbers.get(version.id) if version else None,
            force=LETTER if equal else RECORD,
        )
        for row, version in await work.session.execute(query)
    ]


@serves()
async def stuck(work: Work) -> list[Stuck]:
    """Open steps that no holder of today can take: listed, never skipped (R63).

    Outside parties decide by acts of their own and are never stuck here.
    """
    require(work.actor, Permission.READ_DOCUMENTS)
    found: list[Stuck] = []
    for row, version, record in await _running(work):
        taken = await _taken(work, version.id)
        for step in Chain.thawed(record.steps or []).open_now(taken):
            said = [one for one in taken if one.step == step.key]
            sat = {one.seat for one in said}
            left = [party for seat, party in enumerate(step.parties) if seat not in sat]
            barred = _wrote(version) if step.deed in JUDGED else frozenset[int]()
            held = [one for one in left if await _held(work, row, one, barred)]
            needed = len(step.parties) if step.need is None else step.need
            if sum(one.agreed for one in said) + len(held) < needed:
                found.append(Stuck(row, step))
    return found


@serves()
async def outdated(work: Work) -> list[Document]:
    """Documents whose chain the law of today has otherwise than it began (R63)."""
    require(work.actor, Permission.READ_DOCUMENTS)
    now = {one.kind.key: one.chain.frozen() for one in await procedures(work, work.today)}
    return [row for row, _, record in await _running(work) if now.get(row.kind) != record.steps]


def documents(
    kind: str | None = None,
    state: DocumentState | None = None,
    changed_after: datetime | None = None,
) -> Select[Document]:
    """Documents of a kind, in a state, of which the journal tells something after a moment."""
    query = select(Document)
    if kind is not None:
        query = query.where(Document.kind == kind)
    if changed_after is not None:
        subject = literal("document:") + cast(Document.id, String)
        told = exists().where(JournalEntry.subject == subject, JournalEntry.at > changed_after)
        query = query.where(told)
    return query if state is None else query.where(Document.state == state)


async def _numbers(work: Work) -> dict[int, str]:
    """The last number of each version: of its receipts, or of the letter beside it."""
    letters = select(DocumentLetter.version_id, DocumentLetter.number).order_by(DocumentLetter.id)
    receipts = select(DocumentReceipt.version_id, DocumentReceipt.number)
    found: dict[int, str] = {}
    for query in (letters, receipts.order_by(DocumentReceipt.id)):
        for version_id, number in await work.session.execute(query):
            found[version_id] = number
    return found


async def _running(work: Work) -> Sequence[tuple[Document, DocumentVersion, ChainRecord]]:
    query = (
        select(Document, DocumentVersion, ChainRecord)
        .join(DocumentVersion, DocumentVersion.id == Document.current_id)
        .join(
            ChainRecord,
            (ChainRecord.subject == VERSION) & (ChainRecord.subject_id == DocumentVersion.id),
        )
        .where(Document.state == DocumentState.APPROVAL)
        .order_by(Document.id)
    )
    return [(row, version, chain) for row, version, chain in await work.session.execute(query)]


async def _taken(work: Work, version_id: int) -> Sequence[DecisionRecord]:
    query = select(DecisionRecord).where(
        DecisionRecord.subject == VERSION, DecisionRecord.subject_id == version_id
    )
    return (await work.session.scalars(query)).all()


async def _held(work: Work, row: Document, party: Party, barred: frozenset[int]) -> bool:
    """Whether somebody who may judge holds the party's role today."""
    if not party.by.of_the_centre:
        return True
    query = (
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == party.by.value, holding(work.today))
    )
    for held, person in await work.session.execute(query):
        reaches = (
            row.block is None
            or party.by is not Authority.BLOCK_RESPONSIBLE
            or row.block in held.blocks
        )
        if reaches and not over(person.dismissed, work.today) and person.id not in barred:
            return True
    return False


def _wrote(version: DocumentVersion) -> frozenset[int]:
    hands = (one for person, holder, _ in version.wrote for one in (person, holder))
    return frozenset(one for one in hands if one is not None)


BY_NUMBER = Order((Document.id,))
