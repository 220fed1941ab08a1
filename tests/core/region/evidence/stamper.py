"""An authority of timestamps whose clock a test sets: openssl itself stamps by today's alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from core.kernel.sealing.verifier import _der
from tests.core.documents.test_detached import NOW, PEM, Centre

ENDS = NOW + timedelta(days=30)
TST_INFO = "1.2.840.113549.1.9.16.1.4"
POLICY, OF_SHA256 = bytes.fromhex("06042a030401"), bytes.fromhex("300b0609608648016503040201")


class Stamper(Centre):
    """It stamps at `at`, in March 2026 by default; its certificates end in April or at `ends`."""

    uses = (ExtendedKeyUsageOID.TIME_STAMPING,)

    def __init__(self, folder: Path, ends: datetime = ENDS, at: datetime = NOW) -> None:
        super().__init__(until=ends, ends=ends, name=f"Служба меток до {ends:%d.%m.%Y}")
        self.folder, self.at = folder, at

    def recalled(self, at: datetime, *reasons: x509.ReasonFlags) -> str:
        """The list of whom it no longer trusts from this moment, in PEM: whoever stamps."""
        entry = x509.RevokedCertificateBuilder(self.cert.serial_number, at)
        for one in reasons:
            entry = entry.add_extension(x509.CRLReason(one), critical=False)
        builder = x509.CertificateRevocationListBuilder(self.name).last_update(at)
        made = builder.next_update(at + timedelta(days=1)).add_revoked_certificate(entry.build())
        return made.sign(self.key, hashes.SHA256()).public_bytes(PEM).decode()

    async def stamp(self, content: bytes) -> bytes:
        """The answer of RFC 3161 over these bytes."""
        return self._answer(_of(0x30, OF_SHA256, _of(0x04, sha256(content).digest())))

    async def answer(self, asked: bytes) -> bytes:
        """The answer to a query, as over HTTP."""
        return self._answer(_der(_der(asked)[0][2])[1][1])

    def _answer(self, imprint: bytes) -> bytes:
        moment = _of(0x18, f"{self.at:%Y%m%d%H%M%SZ}".encode())
        info = _of(0x30, b"\2\1\1", POLICY, imprint, b"\2\1\7", moment)
        token = self.sign(info, self.folder, "-nodetach", "-econtent_type", TST_INFO)
        return _of(0x30, _of(0x30, b"\2\1\0"), token)


def _of(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    head = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + head + content
