"""A detached signature (CMS, CAdES) on the original: checked with its chain at that moment.

ГОСТ is an extension point: a provider of its own is another `Signing`, which has the signature
checked by a service of the region and keeps the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.documents.model import DocumentSignature, DocumentVersion, SignaturePart
from core.documents.stamps import SIGNATURE, Stamp, keep_stamp, over
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.sealing.verifier import check_cms
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord

STRENGTHENED = (SignatureKind.UNQUALIFIED, SignatureKind.QUALIFIED)
"""63-ФЗ, ст. 5 ч. 3 и 4."""

CLOCKS = timedelta(minutes=5)
"""How far the clocks of others may be ahead of the region's, or behind it."""

AUTHORITY, AUTHORITY_SIGNED = "authority.xml", "authority.p7s"
CHAIN, LISTS = "chain.pem", "lists.pem"


@dataclass(frozen=True, slots=True)
class PowerOfAttorney:
    """МЧД (63-ФЗ, ст. 17.5): the document as it is, and its detached signature in DER."""

    document: bytes
    cms: bytes


@dataclass(frozen=True, slots=True)
class DetachedSignature:
    """`cms` in DER, `roots` in PEM, `revoked` the lists of its issuers (CRL in DER or PEM).

    `stamp` is over what `parts` gives; without it the moment of signing stays unproven.
    """

    kind: SignatureKind
    cms: bytes
    roots: str
    revoked: Sequence[bytes]
    authority: PowerOfAttorney | None = None
    stamp: Stamp | None = None

    def parts(self, original: bytes, at: datetime) -> dict[str, bytes]:
        """What proves it at that moment, by names; raises where it does not hold then.

        The signature itself is the first. ValueError says why in Russian; the library's own errors
        are as good a no.
        """
        if self.kind not in STRENGTHENED:
            raise ValueError("усиленной она не названа")
        signed = [(self.cms, original)]
        parts = {SIGNATURE: self.cms}
        if self.authority is not None:
            signed.append((self.authority.cms, self.authority.document))
            parts |= {AUTHORITY: self.authority.document, AUTHORITY_SIGNED: self.authority.cms}
        lists = [_list(one) for one in self.revoked]
        chains = [check_cms(cms, content, self.roots, at)[2] for cms, content in signed]
        for chain in chains:
            _require_not_revoked(chain, lists, at)
        whole = dict.fromkeys(one for chain in chains for one in chain)
        parts[CHAIN] = b"".join(one.public_bytes(Encoding.PEM) for one in whole)
        parts[LISTS] = b"".join(one.public_bytes(Encoding.PEM) for one in lists)
        return parts

    async def sign(
        self, work: Work, version: DocumentVersion, decision: DecisionRecord
    ) -> DocumentSignature:
        """Keep the signature, if it is one of this original by a certificate valid now.

        Refuses INVALID for another's bytes, a chain that leads to no root, a revoked certificate, a
        stamp over something else.
        """
        query = select(DocumentVersion.original).where(DocumentVersion.id == version.id)
        original = (await work.session.scalars(query)).one()
        try:
            parts, proven = self._proven(original, work.now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it proves nothing
            text = f"Электронная подпись не принята: {str(error) or type(error).__name__}"
            raise Refusal(RefusalCode.INVALID, text, work.rules.clause(decision.clause)) from None
        row = DocumentSignature(
            decision_id=decision.id,
            kind=self.kind,
            provider="cms",
            strength="certificate",
            clause=None,
            detached=parts.pop(SIGNATURE),
            at=work.now,
        )
        work.session.add(row)
        await work.session.flush()
        for name, content in parts.items():
            work.session.add(SignaturePart(signature_id=row.id, name=name, content=content))
        if self.stamp is not None and proven is not None:
            keep_stamp(work, row.id, 1, self.stamp.answer, proven)
        await work.session.flush()
        return row

    def _proven(
        self, original: bytes, now: datetime
    ) -> tuple[dict[str, bytes], tuple[datetime, datetime] | None]:
        """The parts, checked now and at the moment that the stamp proves, and what it says."""
        parts = self.parts(original, now)
        if self.stamp is None:
            return parts, None
        seen, ends = self.stamp.over(over(parts))
        if abs(seen - now) > CLOCKS:
            raise ValueError("метка времени поставлена не при подписании")
        self.parts(original, seen)
        return parts, (seen, ends)


def _list(content: bytes) -> x509.CertificateRevocationList:
    pem = content.startswith(b"-----")
    return x509.load_pem_x509_crl(content) if pem else x509.load_der_x509_crl(content)


def _require_not_revoked(
    chain: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> None:
    """Raise unless the list of each issuer, fresh at that moment, has its certificate not in it."""
    for one, by in pairwise(chain):
        key: Any = by.public_key()
        own = [c for c in lists if c.issuer == by.subject and c.is_signature_valid(key)]
        fresh = [
            c
            for c in own
            if c.next_update_utc and c.last_update_utc - CLOCKS <= at <= c.next_update_utc
        ]
        if not fresh:
            raise ValueError("списка отозванных сертификатов на этот момент нет")
        entries = (c.get_revoked_certificate_by_serial_number(one.serial_number) for c in fresh)
        if any(entry is not None and entry.revocation_date_utc <= at for entry in entries):
            raise ValueError("сертификат отозван")
