"""A document as a case: versions, decisions, roles and grounds of those days, signatures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from core.attachments.store import Owner
from core.directory.model import Appointment, Delegation, Person
from core.documents.deciding import record_of
from core.documents.detached import AUTHORITY, AUTHORITY_SIGNED
from core.documents.drafting import find_document
from core.documents.letters import PORTAL
from core.documents.model import (
    VERSION,
    Document,
    DocumentLetter,
    DocumentReceipt,
    DocumentSignature,
    DocumentVersion,
)
from core.documents.rules.kinds import DocumentDeed, DocumentKind
from core.documents.stamps import SIGNATURE, kept_of, stamped
from core.documents.unstamped import stamp_state
from core.kernel.access import require
from core.kernel.codes import Authority, Permission
from core.kernel.files import Files
from core.kernel.journal import JOURNAL_FORM, JournalEntry
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.region.evidence.case import Case, Fact, columns
from core.region.evidence.files import FILES, acts_of, add_files, attached
from core.region.sealing.kinds import KINDS
from core.shapes.chains.model import ChainRecord, DecisionRecord


async def document_case(work: Work, files: Files, document_id: int) -> Case:
    """The document as it stands now, locked meanwhile. Needs READ_DOCUMENTS."""
    require(work.actor, Permission.READ_DOCUMENTS)
    row = await find_document(work, document_id)
    found = Case(f"document:{row.id}", _told(work, row))
    attachments = await attached(work, Owner(Document.__tablename__, row.id))
    entries = [*await _entries(work, found.subject), *await acts_of(work, attachments)]
    found.rows = [(KINDS[JOURNAL_FORM.table], one) for one in entries]
    decisions: dict[object, str] = {}
    query = select(DocumentVersion).where(DocumentVersion.document_id == row.id)
    shown = query.options(undefer(DocumentVersion.original)).order_by(DocumentVersion.number)
    for version in await work.session.scalars(shown):
        await _add_version(work, found, version, decisions)
    await add_files(work, files, found, attachments)
    _name_erased(found)
    steps = [_fact(work, row, entry, decisions) for entry in entries]
    found.facts = sorted([*steps, *found.facts], key=lambda fact: fact.at)
    await _add_grounds(work, found)
    return found


def _told(work: Work, row: Document) -> dict[str, Any]:
    own = columns(row, "kind", "title", "block", "state", "created_at")
    kind = _kind(work, row)
    return {
        "document": {"id": row.id, **own, "name": kind.name if kind else row.kind},
        "edition": work.rules.edition,
        "versions": [],
        "files": [],
        "decisions": [],
        "signatures": [],
        "receipts": [],
        "letters": [],
        "roles": [],
        "clauses": {},
        "certificates": [],
    }


def _kind(work: Work, row: Document) -> DocumentKind | None:
    kinds = [one for one in work.rules.history(DocumentKind) if one.key == row.kind]
    return kinds[-1] if kinds else None


async def _entries(work: Work, subject: str) -> Sequence[JournalEntry]:
    query = select(JournalEntry).where(JournalEntry.subject == subject)
    return (await work.session.scalars(query.order_by(JournalEntry.id))).all()


async def _add_version(
    work: Work, found: Case, version: DocumentVersion, decisions: dict[object, str]
) -> None:
    part, told = f"versions/{version.number}.pdf", found.told
    found.parts[part] = version.original
    own = columns(version, "number", "manifest", "digest", "ground", "frozen_at")
    steps = select(ChainRecord.steps).where(
        ChainRecord.subject == VERSION, ChainRecord.subject_id == version.id
    )
    told["versions"].append({**own, "part": part, "steps": await work.session.scalar(steps)})
    query = select(DecisionRecord).where(
        DecisionRecord.subject == VERSION, DecisionRecord.subject_id == version.id
    )
    for one in await work.session.scalars(query.order_by(DecisionRecord.id)):
        people = await _people(work, one)
        label = f"{Authority(one.party).label} ({people or 'по акту'})"
        decisions[one.id] = label + await _add_signature(work, found, one, part)
        said = {"id": one.id, "ground": one.ground, "number": version.number, "who": people}
        said |= {"clause": one.clause, "record": record_of(one)}
        told["decisions"].append(said)
        await _add_roles(work, found, one)
    await _add_registered(work, found, version)


async def _add_registered(work: Work, found: Case, version: DocumentVersion) -> None:
    """Numbers and days by their own sealed rows: of the portal's receipts, of letters beside it."""
    for model, key, names in (
        (DocumentReceipt, "receipts", ("number", "on", "digest", "clause", "at")),
        (DocumentLetter, "letters", ("number", "dated", "at")),
    ):
        query = select(model).where(model.version_id == version.id).order_by(model.id)
        rows = (await work.session.scalars(query)).all()
        found.told[key] += [{"version": version.number, **columns(one, *names)} for one in rows]
        found.rows = [*found.rows, *((KINDS[model.__tablename__], one) for one in rows)]
        found.facts += [_registered(one, version) for one in rows]


def _registered(one: Any, version: DocumentVersion) -> Fact:
    if isinstance(one, DocumentReceipt):
        step = "представление" if one.decision_id is None else "решение по шагу"
        said, on, clause = f"{step} на портале приравнено к письму", one.on, one.clause
    else:
        said, on, clause = "официальное письмо о документе", one.dated, PORTAL.ref
    text = f"{said}: № {one.number} от {on:%d.%m.%Y}, версия {version.number}"
    return Fact(text, clause, one.at, f"{one.__tablename__}:{one.id}")


def _name_erased(found: Case) -> None:
    """An erased row tells no digest; versions do, in the order in which files were attached."""
    files = found.told["files"]
    known = {one["digest"] for one in files}
    manifests = [json.loads(one["manifest"])["attachments"] for one in found.told["versions"]]
    frozen = dict.fromkeys(one["digest"] for listed in manifests for one in listed)
    lost = [digest for digest in frozen if digest not in known]
    for one, digest in zip((one for one in files if one["state"] == "erased"), lost, strict=False):
        one["digest"] = digest


async def _people(work: Work, one: DecisionRecord) -> str:
    names = []
    for number in (one.person_id, one.on_behalf_id):
        person = await work.session.get(Person, number) if number is not None else None
        names += [person.name] if person is not None else []
    return " за ".join(names)


async def _add_signature(work: Work, found: Case, one: DecisionRecord, original: str) -> str:
    """Put it in with all that proves it; gives what the fact of the decision says of its stamp."""
    query = select(DocumentSignature).where(DocumentSignature.decision_id == one.id)
    row = await work.session.scalar(query)
    if row is None:
        return ""
    said = {"decision": one.id, **columns(row, "kind", "provider", "strength", "clause", "at")}
    if row.detached is None:
        found.told.setdefault("simple", []).append(said)
        return ""
    folder, known = f"signatures/{one.id}", await stamped(work, row)
    found.parts |= {f"{folder}/{name}": content for name, content in known.parts.items()}
    stamps = {f"{folder}/{stamp.number}.tsr": stamp.answer for stamp in known.stamps}
    found.parts |= stamps
    signed = {f"{folder}/{SIGNATURE}": original}
    if AUTHORITY in known.parts:
        signed[f"{folder}/{AUTHORITY_SIGNED}"] = f"{folder}/{AUTHORITY}"
    proven = known.stamps[0].seen_at if known.stamps else row.at
    found.told["signatures"].append(
        {
            **said,
            "signed": signed,
            "kept": [f"{folder}/{name}" for name in kept_of(known.parts)],
            "stamps": [*stamps],
            "seconds": int(proven.timestamp()),
        }
    )
    state = stamp_state(row, work.now, stamps=len(known.stamps))
    return f", метка времени под подписью {state.label}"


async def _add_roles(work: Work, found: Case, one: DecisionRecord) -> None:
    """Appointments and delegations by which somebody could decide on that day."""
    day = local_date(one.at, work.zone)
    people = [number for number in (one.person_id, one.on_behalf_id) if number is not None]
    query = select(Appointment).where(
        Appointment.person_id.in_(people), Appointment.role == one.role, Appointment.holds(day)
    )
    for row in await work.session.scalars(query):
        own = columns(row, "role", "blocks", "ground", "since", "until")
        found.told["roles"].append({"decision": one.id, **own})
        lent = select(Delegation).where(
            Delegation.appointment_id == row.id,
            Delegation.person_id == one.person_id,
            Delegation.holds(day),
        )
        for other in await work.session.scalars(lent):
            said = columns(other, "since", "until", "reason")
            found.told["roles"].append({"decision": one.id, "delegated": True, **said})


async def _add_grounds(work: Work, found: Case) -> None:
    """The words of every clause that is cited."""
    cited = {fact.clause for fact in found.facts}
    for key in ("decisions", "receipts"):
        cited |= {one["clause"] for one in found.told[key]}
    for ref in sorted(one for one in cited if one):
        clause = work.rules.clause(ref)
        if clause is not None:
            found.told["clauses"][ref] = {"title": clause.title, "quote": clause.quote}


def _fact(work: Work, row: Document, entry: JournalEntry, decisions: dict[object, str]) -> Fact:
    """A step by its own clause; else by that of the kind, a file by that of files."""
    words, after = work.events[entry.name].words, entry.after
    numbered = "version" in after and entry.name != "document.voided"
    parts = [f"версия {after['version']}"] if numbered else []
    parts += [DocumentDeed(after["deed"]).label] if "deed" in after else []
    who = decisions.get(after.get("decision"))
    parts += [who] if who else []
    parts += [f"отпечаток {after['digest']}"] if "digest" in after else []
    kind = _kind(work, row)
    own = kind.clause.ref if kind else None
    norm = own if entry.subject == f"document:{row.id}" else FILES.ref
    clause = entry.cause if entry.cause and work.rules.clause(entry.cause) else norm
    said = f"{words}: {', '.join(parts)}" if parts else words
    return Fact(said, clause, entry.at, f"{JOURNAL_FORM.table}:{entry.id}")
