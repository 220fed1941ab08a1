"""A decision on a version: by who holds the role now, on the very hash that was shown."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import select

from core.directory.bodies import load_bodies
from core.directory.parties import Entry
from core.documents.approval import subject_of
from core.documents.drafting import find_document
from core.documents.model import Document, DocumentState, DocumentVersion
from core.documents.receipts import receive
from core.documents.rules.kinds import DocumentDeed, DocumentKind
from core.documents.signatures import SIMPLE, Signing
from core.documents.submission import put_in_force
from core.documents.versions import differences
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord
from core.shapes.chains.rules import Chain, Claim, Decision, Ground
from core.shapes.chains.service import Approval, resume

DECIDED = (
    "step", "deed", "seat", "party", "body_id", "role", "person_id", "on_behalf_id", "in_person",
    "ground_kind", "ground_number", "agreed", "reason", "clause", "actor", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a party says: `seen` is the hash that was shown, `refusing` the reason of a no.

    `ground` and `body` where the party is not of the centre; `deed` where one party has several.
    """

    by: Authority
    seen: str
    refusing: str | None = None
    deed: DocumentDeed | None = None
    ground: Ground | None = None
    body: str | None = None


@serves()
async def decide(
    work: Work, document_id: int, ruling: Ruling, signing: Signing = SIMPLE
) -> Document:
    """Take a step of the chain, yes or no with a reason; the last yes puts the version in force.

    Refuses STALE for another hash than the one under way, with what differs; WRONG_STEP and
    WRONG_AUTHORITY out of turn; FORBIDDEN for whoever does not hold the role now;
    JUDGE_NOT_INDEPENDENT for who wrote it or decided already. A no that cannot be made good
    returns the document.
    """
    row = await find_document(work, document_id)
    version = await _awaiting(work, row)
    await _require_seen(work, row, version, ruling.seen)
    approval = await resume(work, subject_of(work, version, Chain(())))
    seat = approval.seat(_claim(row, ruling), ruling.deed)
    entry = Entry(
        work,
        Permission.MANAGE_DOCUMENTS,
        await load_bodies(work.session),
        (row.block,) if row.block else (),
        by_norm=True,
    )
    decision = Decision(ruling.by, ruling.ground, ruling.body)
    approval = await approval.decide(seat, decision, entry.acting, refusing=ruling.refusing)
    taken = approval.taken[-1]
    if taken.in_person:
        await signing.sign(work, version, taken)
    elif signing is not SIMPLE:
        text = "Решение внесено по акту стороны: подпись под ним ставит она сама"
        raise Refusal(RefusalCode.INVALID, text, work.rules.clause(taken.clause))
    await receive(work, version, taken)
    await _settle(work, row, version, approval)
    return row


def record_of(taken: DecisionRecord) -> str:
    """A decision in canonical JSON: who, as whom, on what; the sealed journal holds its SHA-256."""
    said = {
        **{name: getattr(taken, name) for name in DECIDED},
        "at": taken.at.isoformat(),
        "ground_date": taken.ground_date.isoformat() if taken.ground_date else None,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


async def _awaiting(work: Work, row: Document) -> DocumentVersion:
    if row.state != DocumentState.APPROVAL or row.current_id is None:
        state = DocumentState(row.state).label
        rule = work.rules.find(DocumentKind, row.kind, work.today)
        text = f"Решать нечего: документ {state}"
        raise Refusal(RefusalCode.WRONG_STATE, text, rule.clause if rule else None)
    return await work.session.get_one(DocumentVersion, row.current_id)


async def _require_seen(work: Work, row: Document, version: DocumentVersion, seen: str) -> None:
    """Refuse STALE, with what has changed since the version that was shown."""
    if seen == version.digest:
        return
    rule = work.rules.find(DocumentKind, row.kind, local_date(version.frozen_at, work.zone))
    clause = rule.clause if rule else None
    query = select(DocumentVersion).where(DocumentVersion.digest == seen)
    shown = (await work.session.scalars(query)).first()
    if shown is None or shown.document_id != row.id:
        text = "Показанное — не версия этого документа: прочтите его заново"
        raise Refusal(RefusalCode.STALE, text, clause)
    names = {field.key: field.name for field in rule.fields} if rule else {}
    changed = [one.part for one in differences(shown, version, names)]
    said = ", ".join(changed) or "порядок согласования"
    text = (
        f"Вам показана версия {shown.number}, а решают по версии {version.number}: изменено {said}"
    )
    raise Refusal(RefusalCode.STALE, text, clause)


def _claim(row: Document, ruling: Ruling) -> Claim:
    blocks = frozenset({row.block}) if row.block else frozenset[str]()
    return Claim(ruling.by, ruling.body, blocks)


async def _settle(work: Work, row: Document, version: DocumentVersion, approval: Approval) -> None:
    """What the decision has made of the document."""
    taken = approval.taken[-1]
    said = {
        "version": version.number,
        "step": taken.step,
        "deed": taken.deed,
        "decision": taken.id,
        "record": hashlib.sha256(record_of(taken).encode()).hexdigest(),
    }
    name = "document.agreed" if taken.agreed else "document.disagreed"
    await work.record(Event(name, f"document:{row.id}", taken.clause, after=said))
    if approval.finished:
        judged = any(step.deed != DocumentDeed.RECEIVE for step in approval.chain.steps)
        await put_in_force(work, row, version, judged=judged)
    elif approval.failed:
        row.state = DocumentState.RETURNED
        await work.record(
            Event("document.returned", f"document:{row.id}", taken.clause, after=said)
        )
    await work.session.flush()
