"""A text becomes a version and enters its chain: submitted, restarted, withdrawn."""

from __future__ import annotations

from core.documents.approval import subject_of, void
from core.documents.attachments import attachments_of
from core.documents.drafting import drafter, find_document, require_revision
from core.documents.kinds import Procedure, procedure_of
from core.documents.model import Document, DocumentState, DocumentVersion
from core.documents.printing.sheet import Printer
from core.documents.printing.typesetting import typesetter
from core.documents.receipts import receive
from core.documents.rules.content import faults
from core.documents.versions import freeze
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.chains.service import begin

SUBMITTED_FROM = (DocumentState.DRAFT, DocumentState.RETURNED, DocumentState.WITHDRAWN)


@serves()
async def submit(
    work: Work, document_id: int, revision: int, printer: Printer | None = None
) -> Document:
    """Freeze the text as a version and begin its chain by the law of today.

    Where the kind asks for no decision it is handed over at once. Refuses WRONG_STATE for what is
    under way, INVALID for what is not filled in, STALE for a text that was changed meanwhile.
    """
    row = await find_document(work, document_id)
    procedure = await procedure_of(work, row.kind, work.today)
    clause = procedure.kind.clause
    await drafter(work, procedure, row.block)
    require_revision(row, revision, clause)
    require_draft(row, clause)
    wrong = next(faults(procedure.kind.fields, row.fields), None)
    if wrong is not None:
        raise Refusal(RefusalCode.INVALID, wrong, clause)
    await _enter(work, row, procedure, printer, "document.submitted", clause.ref)
    return row


@serves()
async def restart(
    work: Work, document_id: int, reason: str, printer: Printer | None = None
) -> Document:
    """Begin the chain anew by the law of today, with the same text as a new version (R63).

    Those who may draft it do. Refuses WRONG_STATE where nothing is under way.
    """
    row, procedure = await _under_way(work, document_id)
    cause = reasoned(reason, procedure.kind.clause)
    await void(work, row)
    await _enter(work, row, procedure, printer, "document.restarted", cause)
    return row


@serves()
async def withdraw(work: Work, document_id: int, reason: str) -> Document:
    """Take the version back from its chain, with a reason; what was decided on it is void."""
    row, procedure = await _under_way(work, document_id)
    cause = reasoned(reason, procedure.kind.clause)
    await void(work, row)
    row.state = DocumentState.WITHDRAWN
    await work.session.flush()
    await work.record(Event("document.withdrawn", f"document:{row.id}", cause))
    return row


async def _under_way(work: Work, document_id: int) -> tuple[Document, Procedure]:
    row = await find_document(work, document_id)
    procedure = await procedure_of(work, row.kind, work.today)
    await drafter(work, procedure, row.block)
    require_under_way(row, procedure.kind.clause)
    return row, procedure


def require_draft(row: Document, clause: Clause) -> None:
    """Refuse WRONG_STATE for a document that cannot be submitted."""
    if row.state not in SUBMITTED_FROM:
        state = DocumentState(row.state).label
        raise Refusal(RefusalCode.WRONG_STATE, f"Документ не проект: он {state}", clause)


def require_under_way(row: Document, clause: Clause) -> None:
    """Refuse WRONG_STATE for a document without a chain that runs."""
    if row.state != DocumentState.APPROVAL:
        raise Refusal(RefusalCode.WRONG_STATE, "Документ не на согласовании", clause)


async def _enter(
    work: Work,
    row: Document,
    procedure: Procedure,
    printer: Printer | None,
    event: str,
    cause: str,
) -> None:
    files = await attachments_of(work, row)
    try:
        version = await freeze(
            work, row, procedure.kind, printer or typesetter(), files, procedure.ground
        )
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.text, refusal.clause or procedure.kind.clause) from None
    approval = await begin(work, subject_of(work, version, procedure.chain))
    row.current_id, row.told_edition = version.id, None
    row.state = DocumentState.APPROVAL
    after = {"version": version.number, "digest": version.digest}
    await work.record(Event(event, f"document:{row.id}", cause, after=after))
    await receive(work, version)
    if approval.finished:
        await put_in_force(work, row, version, judged=False)
    await work.session.flush()


async def put_in_force(
    work: Work, row: Document, version: DocumentVersion, *, judged: bool
) -> None:
    """The version takes the place of the one in force; who writes next begins with clean hands."""
    row.state = DocumentState.APPROVED if judged else DocumentState.ISSUED
    row.in_force_id, row.wrote = version.id, []
    subject, after = f"document:{row.id}", {"version": version.number, "digest": version.digest}
    if judged:
        await work.record(Event("document.approved", subject, after=after))
    else:
        await work.record(Event("document.issued", subject, after=after))
