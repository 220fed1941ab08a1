"""A package of evidence: one snapshot, signed, kept as it was handed out, to whom and why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import ColumnElement, String, cast, exists, false, literal, or_, select
from sqlalchemy.orm import undefer

from core.appeals.impartiality import opened
from core.appeals.model import Appeal
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.files import Files
from core.kernel.sealing.signing import signing_key
from core.kernel.sealing.verifier import (
    CLOSING,
    FORMAT,
    MANIFEST,
    SEAL,
    SIGNATURE,
    STAMP,
    packed,
    stamped_at,
)
from core.kernel.serves import serves
from core.kernel.texts import filled, reasoned
from core.kernel.work import Work
from core.region.evidence.anchors import anchors_of
from core.region.evidence.appeals import appeal_case
from core.region.evidence.case import Case
from core.region.evidence.documents import document_case
from core.region.evidence.proofs import Proofs, proofs_of
from core.region.evidence.readme import readme
from core.region.evidence.statement import facts_of, statement
from core.region.packages import EvidencePackage
from core.region.sealing.batches import seal_batch

CASES: Mapping[str, Callable[[Work, Files, int], Awaitable[Case]]] = {
    "document": document_case,
    "appeal": appeal_case,
}
LONGEST_RECIPIENT = 300
README, SUMS = "README.txt", "SHA256SUMS"
Stamping = Callable[[bytes], Awaitable[bytes]]
"""Asks an authority for its word over these bytes; the answer in DER (RFC 3161)."""


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom a package goes, and on what ground (a request of a court, its number and date)."""

    recipient: str
    ground: str


@serves()
async def hand_out(
    work: Work,
    files: Files,
    kind: str,
    number: int,
    handing: Handing,
    stamping: Stamping | None = None,
) -> EvidencePackage:
    """Make the package of a `document` or an `appeal` and write down who was given it.

    Needs READ_JOURNAL. `files` has what is attached. What waits is sealed first; without `stamping`
    the moment of signing stays unproven. Refuses what the case refuses, INVALID without recipient.
    """
    require(work.actor, Permission.READ_JOURNAL)
    recipient, ground = handing.recipient.strip(), reasoned(handing.ground, None)
    if not filled(recipient, LONGEST_RECIPIENT):
        text = f"Укажите, кому выдан пакет, не длиннее {LONGEST_RECIPIENT} знаков"
        raise Refusal(RefusalCode.INVALID, text)
    await seal_batch(work)
    anchors = anchors_of(work.sealing, work.region)
    case = await CASES[kind](work, files, number)
    proofs = await proofs_of(work, case.rows, anchors)
    parts = _parts(work, case, proofs, stamped=stamping is not None)
    content, signed_at = await _signed(work, case, parts, anchors, stamping)
    row = EvidencePackage(
        subject=case.subject,
        recipient=recipient,
        ground=ground,
        digest=sha256(content).hexdigest(),
        content=content,
        signed_at=signed_at,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    cause, after = f"{recipient}: {ground}", {"of": case.subject, "digest": row.digest}
    await work.record(
        Event("evidence.handed_out", f"evidence_package:{row.id}", cause, after=after)
    )
    return row


@serves()
async def handed_out(work: Work, kind: str | None = None) -> Sequence[EvidencePackage]:
    """Packages that were handed out, the latest first: of what the reader may read himself.

    Needs READ_JOURNAL.
    """
    require(work.actor, Permission.READ_JOURNAL)
    query = select(EvidencePackage).where(_open_to(work.actor)).order_by(EvidencePackage.id.desc())
    if kind is not None:
        query = query.where(EvidencePackage.subject.startswith(f"{kind}:"))
    return (await work.session.scalars(query)).all()


async def content_of(work: Work, package_id: int) -> bytes:
    """The bytes of a package as they were handed out; NOT_FOUND when the reader sees none such."""
    require(work.actor, Permission.READ_JOURNAL)
    query = select(EvidencePackage).where(EvidencePackage.id == package_id, _open_to(work.actor))
    row = await work.session.scalar(query.options(undefer(EvidencePackage.content)))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого пакета доказательств не выдавали")
    return row.content


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """The packages about documents and appeals that this actor may read: as for a new one."""
    subject = EvidencePackage.subject
    about = literal("appeal:") + cast(Appeal.id, String)
    appeals = exists().where(subject == about, opened(actor, Permission.READ_CONTENT))
    papers = actor.may(Permission.READ_DOCUMENTS)
    return or_(appeals, subject.startswith("document:") if papers else false())


def _parts(work: Work, case: Case, proofs: Proofs, *, stamped: bool) -> dict[str, bytes]:
    facts = facts_of(case, proofs.proved)
    parts = {
        **case.parts,
        **proofs.stamps,
        "case.json": _json(case.told),
        "journal.json": _json(proofs.journal),
        "statement.json": _json({"facts": facts}),
        "statement.txt": statement(case, facts, work.zone).encode(),
    }
    stamps = []
    for head in proofs.journal["heads"]:
        for stamp in head["stamps"]:
            note = stamp.replace("stamps/", "heads/").replace(".tsr", ".note")
            parts[note] = head["note"].encode()
            stamps.append((stamp, note))
    stamps += [(STAMP, SIGNATURE)] if stamped else []
    head = {"subject": case.subject, "region": work.region, "at": work.now.isoformat()}
    parts[README] = readme(head, stamps, case.told["signatures"]).encode()
    sums = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items()))
    return {**parts, SUMS: "".join(sums).encode()}


async def _signed(
    work: Work,
    case: Case,
    parts: dict[str, bytes],
    anchors: Mapping[str, Any],
    stamping: Stamping | None,
) -> tuple[bytes, datetime | None]:
    """The whole ZIP, and when an authority saw its signature."""
    key = signing_key(work.keys)
    manifest = _json(
        {
            "format": FORMAT,
            "region": work.region,
            "subject": case.subject,
            "at": work.now.isoformat(),
            "parts": {name: sha256(content).hexdigest() for name, content in parts.items()},
        }
    )
    outer = {MANIFEST: manifest, SIGNATURE: key.sign(manifest)}
    at = None
    if stamping is not None:
        outer[STAMP] = await stamping(outer[SIGNATURE])
        at = _stamped(outer, anchors)
    sums = b"".join(sha256(content).digest() for content in outer.values())
    return packed({**parts, **outer, CLOSING: key.sign(SEAL + sums)}), at


def _stamped(outer: Mapping[str, bytes], anchors: Mapping[str, Any]) -> datetime:
    try:
        return stamped_at(outer[STAMP], outer[SIGNATURE], anchors["stamps"])[0]
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no stamp
        text = "Метка времени не та: чужая подпись или другой корень"
        raise Refusal(RefusalCode.INVALID, text) from None


def _json(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
