"""An obligation is done: by the document of its kind, or by an act that proves it."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select

from core.documents.drafting import find_document
from core.documents.model import VERSION, Document, DocumentState
from core.documents.rules.kinds import DocumentDeed
from core.documents.stamps import RENEWAL, ends_of_stamps
from core.kernel.access import require
from core.kernel.codes import ActKind, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.obligations.entries import Place, enter_rows, entered
from core.obligations.law import load_obligations
from core.obligations.model import ObligationRow
from core.obligations.rules import Obligation, by_stamps
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Ground, check_ground
from core.structure.accountability import role_holders

PROVING = frozenset(ActKind)
IN_FORCE = (DocumentState.APPROVED, DocumentState.ISSUED)
JUDGED = frozenset(deed.value for deed in DocumentDeed if deed.judges)


@serves()
async def prove_obligation(
    work: Work, place: Place, on: date, proof: Ground, document_id: int | None = None
) -> ObligationRow:
    """Enter that it was done on a local day, with the act that proves it. Needs MANAGE_DOCUMENTS.

    Early is in time; where a breach is recorded already, it was done when it was proven. Refuses
    WRONG_STATE for what is done, GROUND_REQUIRED without a proof, DATE_OUT_OF_RANGE for tomorrow.
    """
    require(work.actor, Permission.MANAGE_DOCUMENTS)
    row = await entered(work, place)
    clause = work.rules.clause(row.clause)
    _require_open(work, row)
    check_ground(proof, PROVING, work.today, clause)
    if on > work.today or on < proof.date:
        text = "День исполнения не раньше подтверждающего акта и не позже сегодняшнего"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
    if document_id is not None:
        await _require_document(work, row, document_id)
        row.document_id = document_id
    row.proof = proof.text
    await _done(work, row, _noon(work, on) if row.breached_at is None else work.now)
    return row


@serves()
async def assign_document(work: Work, place: Place, document_id: int) -> ObligationRow:
    """Say of which period a document of the kind is, before it is submitted.

    For who keeps the documents or has begun this one. Refuses WRONG_STATE for what is done,
    KIND_NOT_ALLOWED for a document of another kind or block.
    """
    row = await entered(work, place)
    document = await find_document(work, document_id)
    if document.owner != work.actor.subject:
        require(work.actor, Permission.MANAGE_DOCUMENTS)
    _require_open(work, row)
    await _require_document(work, row, document_id)
    row.document_id = document.id
    await work.session.flush()
    return row


async def follow_document(work: Work, event: Event) -> None:
    """Listener: a document that is handed over, or in force where it is judged, does its period's.

    A body that is to submit it for others to judge has done so with its own step, on the day of
    its act.
    The period is the one it was said to be of; else a report is about the last one closed, and what
    is renewed every year about the running one.
    """
    document = await work.session.get(Document, int(event.subject.partition(":")[2]))
    owed = await _owed(work, document.kind) if document is not None else []
    if document is None or not owed:
        return
    at: datetime | None = work.now
    if document.state not in IN_FORCE and await _judged(work, document):
        at = await _submitted_by(work, document, {one.owner for one in owed})
    row = await _row_of(work, document) if at is not None else None
    if row is not None and at is not None and is_open(row):
        row.document_id = document.id
        await _done(work, row, at if row.breached_at is None else work.now)


async def unfollow_document(work: Work, event: Event) -> None:
    """Listener: what is taken back or returned before it was received has done nothing."""
    number = int(event.subject.partition(":")[2])
    query = select(ObligationRow).where(ObligationRow.document_id == number)
    for row in await work.session.scalars(query):
        document = await work.session.get(Document, number)
        if row.done_at is None or row.proof or document is None or document.in_force_id:
            continue
        row.done_at = None
        await work.record(Event("obligation.undone", f"obligation:{row.id}", row.clause))


async def follow_stamps(work: Work, event: Event) -> None:
    """Listener: when the last stamp of those that end together is renewed, that is done."""
    last = date.fromisoformat(str(event.after["ended"]))
    if last in await ends_of_stamps(work, unrenewed=True):
        return
    row = await entered(work, (by_stamps(last, RENEWAL).key, "", last))
    if row.done_at is None and row.dropped_at is None:
        await _done(work, row, work.now)


async def answer_for(work: Work, row: ObligationRow) -> list[int]:
    """Ids of those who held the owner's office on the due day; none where a body owes it."""
    holders = await role_holders(work.session, row.owner, row.due, row.block or None)
    return [one.person.id for one in holders]


async def _done(work: Work, row: ObligationRow, at: datetime) -> None:
    row.done_at = at
    if at > row.due_at and not row.advised and row.breached_at is None:
        row.breached_at = row.due_at
        row.answering = await answer_for(work, row)
    after = {"key": row.key, "start": row.start.isoformat(), "document": row.document_id}
    await work.session.flush()
    await work.record(Event("obligation.done", f"obligation:{row.id}", row.clause, after=after))


async def _require_document(work: Work, row: ObligationRow, document_id: int) -> None:
    """Refuse NOT_FOUND for no document, KIND_NOT_ALLOWED for one that is not of this kind."""
    document = await find_document(work, document_id)
    of_kind = (document.kind, document.block or "") == (row.document, row.block)
    if row.document is not None and not of_kind:
        text = "Обязанность исполняют документом другого вида или другого блока"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, work.rules.clause(row.clause))


def is_open(row: ObligationRow) -> bool:
    """Whether it is still to be done, be it in time or late."""
    return row.done_at is None and row.dropped_at is None


def _require_open(work: Work, row: ObligationRow) -> None:
    if not is_open(row):
        text = "Обязанность уже исполнена или отпала"
        raise Refusal(RefusalCode.WRONG_STATE, text, work.rules.clause(row.clause))


async def _owed(work: Work, kind: str) -> list[Obligation]:
    law = await load_obligations(work)
    return [one for one in law.on(work.today) if one.document == kind]


async def _judged(work: Work, document: Document) -> bool:
    """Whether somebody agrees to it or approves it; to hand over or to receive is none of that."""
    query = select(ChainRecord.steps).where(
        ChainRecord.subject == VERSION, ChainRecord.subject_id == document.current_id
    )
    steps = await work.session.scalar(query)
    return any(step["deed"] in JUDGED for step in steps or [])


def _noon(work: Work, on: date) -> datetime:
    """The middle of a local day, never after the present."""
    noon = datetime.combine(on, time(12), work.zone).astimezone(work.now.tzinfo)
    return min(noon, work.now)


async def _submitted_by(work: Work, document: Document, owners: set[str]) -> datetime | None:
    """When a body that owes it has submitted it by its own step: on the day of its act."""
    query = (
        select(ChainRecord.steps, DecisionRecord.step, DecisionRecord.ground_date)
        .join(DecisionRecord, DecisionRecord.chain_id == ChainRecord.id)
        .where(ChainRecord.subject == VERSION, ChainRecord.subject_id == document.current_id)
        .where(DecisionRecord.deed == DocumentDeed.SUBMIT, DecisionRecord.agreed)
    )
    for steps, taken, day in await work.session.execute(query):
        own = [party for step in steps if step["key"] == taken for party in step["parties"]]
        if any(owners & {*party["bodies"]} for party in own):
            return _noon(work, day or work.today)
    return None


async def _row_of(work: Work, document: Document) -> ObligationRow | None:
    query = select(ObligationRow).where(ObligationRow.document_id == document.id)
    query = query.where(ObligationRow.done_at.is_(None))
    said = (await work.session.scalars(query.order_by(ObligationRow.id))).first()
    if said is not None:
        return said
    rows = await enter_rows(work)
    for one in await _owed(work, document.kind):
        span = one.span_of(work.today)
        if span is not None:
            return rows.get((one.key, document.block or "", span.start))
    return None
