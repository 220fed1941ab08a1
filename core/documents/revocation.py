"""Whether the certificates of a chain stood at a moment: lists and answers of their issuers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp

CLOCKS = timedelta(minutes=5)
"""How far the clocks of others may be ahead of the region's, or behind it."""

BEGIN = b"-----BEGIN"
RESPONDER = x509.oid.ExtendedKeyUsageOID.OCSP_SIGNING
NAMED = ("issuer_name_hash", "issuer_key_hash", "serial_number")


@dataclass(frozen=True, slots=True)
class Word:
    """What an issuer says of a certificate: fresh from `since` to `until`; `gone` if revoked."""

    since: datetime
    until: datetime
    gone: datetime | None

    def fresh(self, at: datetime) -> bool:
        """Whether it speaks of that moment."""
        return self.since - CLOCKS <= at <= self.until


def read_list(content: bytes) -> x509.CertificateRevocationList:
    """A CRL in DER or PEM."""
    pem = content.startswith(b"-----")
    return x509.load_pem_x509_crl(content) if pem else x509.load_der_x509_crl(content)


def read_lists(content: bytes) -> list[bytes]:
    """The single lists of a file of several in PEM."""
    return [BEGIN + one for one in content.split(BEGIN)[1:]]


def require_not_revoked(
    chain: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    answers: Sequence[ocsp.OCSPResponse],
    at: datetime,
) -> datetime:
    """Raise unless each issuer's fresh list or answer has its certificate as good at that moment.

    Gives until when all of them are said and still valid: a later moment needs words of its own.
    """
    ends = [one.not_valid_after_utc for one in chain]
    for one, by in pairwise(chain):
        said = [*_listed(one, by, lists), *_answered(one, by, answers, at)]
        fresh = [word for word in said if word.fresh(at)]
        if not fresh:
            raise ValueError(
                "ни списка отозванных сертификатов, ни ответа о сертификате на этот момент нет"
            )
        if any(word.gone is not None and word.gone <= at for word in fresh):
            raise ValueError("сертификат отозван")
        ends.append(max(word.until for word in fresh))
    return min(ends)


def _listed(
    one: x509.Certificate, by: x509.Certificate, lists: Sequence[x509.CertificateRevocationList]
) -> Iterator[Word]:
    """By lists of the issuer's own key; one with a critical extension says only a part."""
    key: Any = by.public_key()
    for own in lists:
        if own.issuer != by.subject or not own.is_signature_valid(key):
            continue
        if own.next_update_utc is None or any(extra.critical for extra in own.extensions):
            continue
        entry = own.get_revoked_certificate_by_serial_number(one.serial_number)
        gone = entry.revocation_date_utc if entry is not None else None
        yield Word(own.last_update_utc, own.next_update_utc, gone)


def _answered(
    one: x509.Certificate,
    by: x509.Certificate,
    answers: Sequence[ocsp.OCSPResponse],
    at: datetime,
) -> Iterator[Word]:
    """By answers (RFC 6960) of the issuer, or of whom it has named its responder."""
    for answer in answers:
        if answer.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
            continue
        if not any(_signed(answer, signer) for signer in _responders(answer, by, at)):
            continue
        for said in answer.responses:
            asked = ocsp.OCSPRequestBuilder().add_certificate(one, by, said.hash_algorithm).build()
            same = all(getattr(asked, name) == getattr(said, name) for name in NAMED)
            if same and said.certificate_status != ocsp.OCSPCertStatus.UNKNOWN:
                until = said.next_update_utc or said.this_update_utc + CLOCKS
                yield Word(said.this_update_utc, until, said.revocation_time_utc)


def _responders(
    answer: ocsp.OCSPResponse, by: x509.Certificate, at: datetime
) -> Iterator[x509.Certificate]:
    yield by
    for one in answer.certificates:
        with suppress(InvalidSignature, TypeError, ValueError, x509.ExtensionNotFound):
            one.verify_directly_issued_by(by)
            uses = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
            if RESPONDER in uses and one.not_valid_before_utc <= at <= one.not_valid_after_utc:
                yield one


def _signed(answer: ocsp.OCSPResponse, by: x509.Certificate) -> bool:
    key: Any = by.public_key()
    algorithm: Any = answer.signature_hash_algorithm
    by_rsa = isinstance(key, rsa.RSAPublicKey)
    way = (padding.PKCS1v15(), algorithm) if by_rsa else (ec.ECDSA(algorithm),)
    with suppress(InvalidSignature):
        key.verify(answer.signature, answer.tbs_response_bytes, *way)
        return True
    return False
