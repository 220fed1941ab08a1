"""Signatures that the authority of timestamps could not see at once: stamped later, or never.

63-ФЗ, ст. 11: without a proven moment a signature stands by the certificate of the day on which it
is checked. A later stamp proves the moment at which it was seen, if all that proves it is fresh
then; afterwards the moment of signing stays unproven, and whoever asks is told so.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from core.appeals.rules.signatures import SignatureKind
from core.documents.attorney import PowerOfAttorney
from core.documents.detached import AUTHORITY, AUTHORITY_SIGNED, DetachedSignature
from core.documents.model import DocumentSignature, DocumentVersion, SignatureStamp
from core.documents.stamps import (
    RENEWAL,
    SIGNATURE,
    Stamp,
    Stamped,
    keep_stamp,
    stamped,
    subject_of_signature,
)
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.sealing.verifier import ANSWER, CLOCKS, CRL, LISTS
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.russian import Code
from core.shapes.chains.model import DecisionRecord

UNSTAMPED = ~exists().where(SignatureStamp.signature_id == DocumentSignature.id)


class StampState(Code):
    """How a signature stands to its timestamp."""

    NOT_DUE = "not_due", "не требуется: подписано входом в систему"
    AWAITED = "awaited", "ещё не поставлена: служба меток времени не ответила или не задана"
    STAMPED = "stamped", "поставлена"
    MISSED = "missed", "не поставлена, и срок вышел: момент подписания не доказан"


def stamp_state(signature: DocumentSignature, now: datetime, *, stamps: int) -> StampState:
    """The state now of a signature that has so many stamps."""
    if stamps:
        return StampState.STAMPED
    if signature.detached is None:
        return StampState.NOT_DUE
    open_yet = signature.stamp_by is not None and now <= signature.stamp_by
    return StampState.AWAITED if open_yet else StampState.MISSED


async def to_stamp(work: Work, most: int) -> list[tuple[int, bytes]]:
    """Signatures that can still be stamped, the first to end first: id, and what is stamped."""
    query = (
        select(DocumentSignature)
        .where(DocumentSignature.stamp_by >= work.now, UNSTAMPED)
        .order_by(DocumentSignature.stamp_by, DocumentSignature.id)
    )
    rows = (await work.session.scalars(query.limit(most))).all()
    return [(row.id, (await stamped(work, row)).content) for row in rows]


@serves(RENEWAL)
async def stamp_late(work: Work, signature_id: int, stamp: Stamp, roots: str) -> None:
    """Keep the first stamp of a signature, taken after the decision. Nothing where it has one.

    `roots` are those of whoever certifies signers. Refuses INVALID for a stamp over other bytes, of
    a strange authority, or of a moment at which the signature no longer held.
    """
    signature = await work.session.get_one(DocumentSignature, signature_id, with_for_update=True)
    known = await stamped(work, signature)
    if known.stamps:
        return
    try:
        seen, ends = stamp.over(known.content)
        if seen < signature.at - CLOCKS:
            raise ValueError("метка раньше решения")
        _again(signature, known, roots).proof(await _original(work, signature), seen, work.zone)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it proves nothing
        text = f"Метка времени под подписью не принята: {str(error) or type(error).__name__}"
        raise Refusal(RefusalCode.INVALID, text, RENEWAL) from None
    keep_stamp(work, signature_id, 1, stamp.answer, (seen, ends))
    await work.session.flush()
    subject = await subject_of_signature(work, signature)
    after = {"decision": signature.decision_id}
    await work.record(Event("document.stamped_late", subject, RENEWAL.ref, after=after))


def _again(signature: DocumentSignature, known: Stamped, roots: str) -> DetachedSignature:
    """The signature as it was given, out of what is kept of it."""
    parts, lent = known.parts, None
    if AUTHORITY in parts:
        lent = PowerOfAttorney(parts[AUTHORITY], parts[AUTHORITY_SIGNED])
    answers = [parts[name] for name in sorted(parts) if name.endswith(ANSWER)]
    lists = [CRL + one for one in parts[LISTS].split(CRL)[1:]]
    kind = SignatureKind(signature.kind)
    return DetachedSignature(kind, parts[SIGNATURE], roots, lists, lent, answers=answers)


async def _original(work: Work, signature: DocumentSignature) -> bytes:
    query = (
        select(DocumentVersion.original)
        .join(DecisionRecord, DecisionRecord.subject_id == DocumentVersion.id)
        .where(DecisionRecord.id == signature.decision_id)
    )
    return (await work.session.scalars(query)).one()
