"""Timestamps over detached signatures: kept with them, renewed before their authority ends.

63-ФЗ, ст. 11: a signature stands by the certificate of the moment that is proven. A stamp proves it
for as long as the certificates of its authority last; the next one carries the proof on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from core.documents.model import (
    DocumentSignature,
    DocumentVersion,
    SignaturePart,
    SignatureStamp,
)
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.sealing.verifier import stamped_at, sums
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord

RENEWAL = PRACTICE.cite("stamps")
AHEAD = timedelta(days=30)
"""So long before the end of its authority's certificate a stamp begins to be renewed."""

SIGNATURE, SIGNED = "signature.p7s", ".p7s"
LATER = aliased(SignatureStamp)
LATEST = ~exists().where(
    LATER.signature_id == SignatureStamp.signature_id, LATER.number > SignatureStamp.number
)
"""The stamp of a signature that nothing has renewed yet."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """An authority's answer in DER, and the roots in PEM by which it is its word."""

    answer: bytes
    roots: str

    def over(self, content: bytes) -> tuple[datetime, datetime]:
        """When these bytes were seen, and when the authority's certificates end; raises for no."""
        return stamped_at(self.answer, content, self.roots)


@dataclass(frozen=True, slots=True)
class Stamped:
    """A signature as its next stamp takes it: everything by its name, and the stamps so far."""

    parts: Mapping[str, bytes]
    stamps: Sequence[SignatureStamp]

    @property
    def content(self) -> bytes:
        """The bytes that the next stamp is asked for."""
        return over(self.parts, [one.answer for one in self.stamps])


def over(parts: Mapping[str, bytes], stamps: Sequence[bytes] = ()) -> bytes:
    """Signatures first, then what else is kept, then the stamps so far: their SHA-256 in a row."""
    names = [*signed_of(parts), *kept_of(parts)]
    answers = {str(number): one for number, one in enumerate(stamps)}
    return sums({**parts, **answers}, [*names, *answers])


def signed_of(parts: Mapping[str, bytes]) -> list[str]:
    """Names of the signatures: of the original, and of the power of attorney if there is one."""
    return sorted(name for name in parts if name.endswith(SIGNED))


def kept_of(parts: Mapping[str, bytes]) -> list[str]:
    """Names of what else proves them."""
    return sorted(name for name in parts if not name.endswith(SIGNED))


async def stamped(work: Work, signature: DocumentSignature) -> Stamped:
    """The signature with all that is kept beside it."""
    query = select(SignaturePart).where(SignaturePart.signature_id == signature.id)
    parts = {one.name: one.content for one in await work.session.scalars(query)}
    parts[SIGNATURE] = signature.detached or b""
    stamps = select(SignatureStamp).where(SignatureStamp.signature_id == signature.id)
    rows = await work.session.scalars(stamps.order_by(SignatureStamp.number))
    return Stamped(parts, rows.all())


async def to_renew(work: Work, most: int) -> list[tuple[int, bytes]]:
    """Signatures whose stamp ends soon, the first to end first: id, and what is to be stamped."""
    query = (
        select(DocumentSignature)
        .join(SignatureStamp, SignatureStamp.signature_id == DocumentSignature.id)
        .where(LATEST, SignatureStamp.ends_at <= work.now + AHEAD)
        .where(SignatureStamp.ends_at > work.now)
        .order_by(SignatureStamp.ends_at, SignatureStamp.id)
    )
    rows = (await work.session.scalars(query.limit(most))).all()
    return [(row.id, (await stamped(work, row)).content) for row in rows]


@serves(RENEWAL)
async def renew(work: Work, signature_id: int, stamp: Stamp) -> SignatureStamp:
    """Keep the next stamp of a signature.

    Refuses INVALID for a stamp over other bytes or of a strange authority, WRONG_STATE where the
    one before has ended: what it proved can be carried on no more.
    """
    signature = await work.session.get_one(DocumentSignature, signature_id, with_for_update=True)
    known = await stamped(work, signature)
    last = known.stamps[-1]
    try:
        seen, ends = stamp.over(known.content)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no stamp
        text = "Метка времени не та: чужая подпись или другой корень"
        raise Refusal(RefusalCode.INVALID, text, RENEWAL) from None
    if seen > last.ends_at:
        text = "Сертификат прежней метки времени уже окончился: обновить её нельзя"
        raise Refusal(RefusalCode.WRONG_STATE, text, RENEWAL)
    row = keep_stamp(work, signature_id, last.number + 1, stamp.answer, (seen, ends))
    await work.session.flush()
    after = {"ended": last_day(work, last.ends_at).isoformat()}
    subject = await subject_of_signature(work, signature)
    await work.record(Event("document.stamp_renewed", subject, RENEWAL.ref, after=after))
    return row


def keep_stamp(
    work: Work, signature_id: int, number: int, answer: bytes, proven: tuple[datetime, datetime]
) -> SignatureStamp:
    """Keep an answer that was checked: `proven` are when it was seen, and when its word ends."""
    seen, ends = proven
    row = SignatureStamp(
        signature_id=signature_id, number=number, answer=answer, seen_at=seen, ends_at=ends
    )
    work.session.add(row)
    return row


def last_day(work: Work, ends: datetime) -> date:
    """The last whole local day on which a stamp that ends then can be renewed."""
    return local_date(ends, work.zone) - timedelta(days=1)


async def ends_of_stamps(work: Work, *, unrenewed: bool = False) -> set[date]:
    """Last days on which stamps are, or were, to be renewed."""
    query = select(SignatureStamp.ends_at).distinct()
    rows = await work.session.scalars(query.where(LATEST) if unrenewed else query)
    return {last_day(work, ends) for ends in rows}


async def subject_of_signature(work: Work, signature: DocumentSignature) -> str:
    """`document:12`: the document on whose version the decision was signed."""
    query = (
        select(DocumentVersion.document_id)
        .join(DecisionRecord, DecisionRecord.subject_id == DocumentVersion.id)
        .where(DecisionRecord.id == signature.decision_id)
    )
    return f"document:{(await work.session.scalars(query)).one()}"
