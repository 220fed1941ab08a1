"""Timestamps of RFC 3161, read when one is asked for: asking, and checking what was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)


def query(content: bytes) -> bytes:
    """A request of the authority's word that these bytes are there now."""
    asked = TimestampRequestBuilder(content, HashAlgorithm.SHA512)
    return asked.cert_request(cert_request=True).build().as_bytes()


def stamped_at(content: bytes, answer: bytes, roots: bytes) -> datetime | None:
    """When the authority saw these bytes; None where the answer is no word of one under the roots.

    `roots` are certificates in PEM: the last ones of the chain that are trusted.
    """
    try:
        response = decode_timestamp_response(answer)
        trusted: Sequence[object] = load_pem_x509_certificates(roots)
        builder = VerifierBuilder()
        for one in trusted:
            builder = builder.add_root_certificate(one)  # type: ignore[arg-type]
        builder.build().verify_message(response, content)
    except (VerificationError, ValueError):
        return None
    return response.tst_info.gen_time
