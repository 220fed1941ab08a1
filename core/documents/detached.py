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
from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.documents.model import DocumentSignature, DocumentVersion
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.sealing.verifier import check_cms
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord

STRENGTHENED = (SignatureKind.UNQUALIFIED, SignatureKind.QUALIFIED)
"""63-ФЗ, ст. 5 ч. 3 и 4."""

CLOCKS = timedelta(minutes=5)
"""How far a list of revoked certificates may be ahead of the region's clock."""


@dataclass(frozen=True, slots=True)
class DetachedSignature:
    """`cms` in DER, `roots` in PEM, `revoked` the lists of its issuers (CRL in DER)."""

    kind: SignatureKind
    cms: bytes
    roots: str
    revoked: Sequence[bytes]

    async def sign(
        self, work: Work, version: DocumentVersion, decision: DecisionRecord
    ) -> DocumentSignature:
        """Keep the signature, if it is one of this original by a certificate valid now.

        Refuses INVALID for another's bytes, a chain that leads to no root, a revoked certificate.
        """
        query = select(DocumentVersion.original).where(DocumentVersion.id == version.id)
        original = (await work.session.scalars(query)).one()
        try:
            if self.kind not in STRENGTHENED:
                raise ValueError("усиленной она не названа")
            chain = check_cms(self.cms, original, self.roots, work.now)[2]
            _require_not_revoked(chain, self.revoked, work.now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it proves nothing
            text = f"Электронная подпись не принята: {str(error) or type(error).__name__}"
            raise Refusal(RefusalCode.INVALID, text, work.rules.clause(decision.clause)) from None
        row = DocumentSignature(
            decision_id=decision.id,
            kind=self.kind,
            provider="cms",
            strength="certificate",
            clause=None,
            detached=self.cms,
            at=work.now,
        )
        work.session.add(row)
        await work.session.flush()
        return row


def _require_not_revoked(
    chain: Sequence[x509.Certificate], revoked: Sequence[bytes], at: datetime
) -> None:
    """Raise unless the list of each issuer, fresh at that moment, has its certificate not in it."""
    lists = [x509.load_der_x509_crl(one) for one in revoked]
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
