"""A detached signature (CMS, CAdES) on the original: checked with its chain at that moment.

ГОСТ is an extension point: a provider of its own is another `Signing`, which has the signature
checked by a service of the region and keeps the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.directory.model import Person
from core.documents.attorney import PowerOfAttorney
from core.documents.certificates import is_of, owner_of
from core.documents.model import DocumentSignature, DocumentVersion, SignaturePart
from core.documents.stamps import SIGNATURE, Stamp, keep_stamp, over
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.sealing.verifier import ANSWER, CLOCKS, CRL, LISTS, check_cms, good_until
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord

STRENGTHENED = (SignatureKind.UNQUALIFIED, SignatureKind.QUALIFIED)
"""63-ФЗ, ст. 5 ч. 3 и 4."""

AUTHORITY, AUTHORITY_SIGNED = "authority.xml", "authority.p7s"
CHAIN = "chain.pem"


@dataclass(frozen=True, slots=True)
class Proof:
    """All that proves a signature, by names; it can be proven anew by them `until` then."""

    parts: dict[str, bytes]
    until: datetime


@dataclass(frozen=True, slots=True)
class DetachedSignature:
    """`cms` in DER, `roots` in PEM, `revoked` the lists of its issuers (CRL in DER or PEM).

    `answers` are theirs on single certificates (OCSP in DER): a list or an answer is enough.
    `stamp` is over what `proof` gives; without it the moment of signing stays unproven.
    """

    kind: SignatureKind
    cms: bytes
    roots: str
    revoked: Sequence[bytes]
    authority: PowerOfAttorney | None = None
    stamp: Stamp | None = None
    answers: Sequence[bytes] = ()

    def proof(self, original: bytes, at: datetime, zone: ZoneInfo) -> Proof:
        """What proves it at that moment; raises where it does not hold then.

        The signature itself is the first part. ValueError says why in Russian; the library's own
        errors are as good a no.
        """
        if self.kind not in STRENGTHENED:
            raise ValueError("усиленной она не названа")
        lent, signed, parts = self.authority, [(self.cms, original)], {SIGNATURE: self.cms}
        if lent is not None:
            signed.append((lent.cms, lent.document))
            parts |= {AUTHORITY: lent.document, AUTHORITY_SIGNED: lent.cms}
        chains = [check_cms(cms, content, self.roots, at)[2] for cms, content in signed]
        if lent is not None:
            lent.require_of(chains[0][0], chains[1][0], local_date(at, zone))
        whole = dict.fromkeys(one for chain in chains for one in chain)
        parts[CHAIN] = b"".join(one.public_bytes(Encoding.PEM) for one in whole)
        parts[LISTS] = b"".join(_list(one).public_bytes(Encoding.PEM) for one in self.revoked)
        parts |= {f"{number:02}{ANSWER}": one for number, one in enumerate(self.answers, 1)}
        return Proof(parts, min(good_until(chain, parts, at) for chain in chains))

    async def sign(
        self, work: Work, version: DocumentVersion, decision: DecisionRecord
    ) -> DocumentSignature:
        """Keep the signature, if it is one of this original by his certificate, valid now.

        Refuses INVALID for another's bytes, a certificate of another person, a chain that leads to
        no root, a revoked certificate, a stamp over something else.
        """
        query = select(DocumentVersion.original).where(DocumentVersion.id == version.id)
        original = (await work.session.scalars(query)).one()
        try:
            proof, proven = self._proven(original, work.now, work.zone)
            await _require_own(work, proof, decision)
        except Exception as error:  # noqa: BLE001 - whatever it is, it proves nothing
            text = f"Электронная подпись не принята: {str(error) or type(error).__name__}"
            raise Refusal(RefusalCode.INVALID, text, work.rules.clause(decision.clause)) from None
        row = DocumentSignature(
            decision_id=decision.id,
            kind=self.kind,
            provider="cms",
            strength="certificate",
            clause=None,
            detached=proof.parts.pop(SIGNATURE),
            at=work.now,
            stamp_by=proof.until,
        )
        work.session.add(row)
        await work.session.flush()
        for name, content in proof.parts.items():
            work.session.add(SignaturePart(signature_id=row.id, name=name, content=content))
        if self.stamp is not None and proven is not None:
            keep_stamp(work, row.id, 1, self.stamp.answer, proven)
        await work.session.flush()
        return row

    def _proven(
        self, original: bytes, now: datetime, zone: ZoneInfo
    ) -> tuple[Proof, tuple[datetime, datetime] | None]:
        """The proof, checked now and at the moment that the stamp proves, and what it says."""
        proof = self.proof(original, now, zone)
        if self.stamp is None:
            return proof, None
        seen, ends = self.stamp.over(over(proof.parts))
        if abs(seen - now) > CLOCKS:
            raise ValueError("метка времени поставлена не при подписании")
        self.proof(original, seen, zone)
        return proof, (seen, ends)


async def _require_own(work: Work, proof: Proof, decision: DecisionRecord) -> None:
    """Raise ValueError unless the certificate is of the person who decides."""
    signer = signer_of(proof.parts[CHAIN])
    person = await work.session.get(Person, decision.person_id or 0)
    if person is None or not is_of(signer, person.name):
        raise ValueError(f"сертификат выдан другому лицу: {owner_of(signer)}")


def signer_of(chain: bytes) -> x509.Certificate:
    """Whose certificate it begins with."""
    return x509.load_pem_x509_certificates(chain)[0]


def _list(content: bytes) -> x509.CertificateRevocationList:
    pem = content.startswith(CRL)
    return x509.load_pem_x509_crl(content) if pem else x509.load_der_x509_crl(content)
