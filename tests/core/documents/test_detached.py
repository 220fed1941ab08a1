"""A detached signature is one of this original, by a certificate that stood at that moment."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.documents import copies
from core.documents.deciding import Ruling, decide
from core.documents.detached import DetachedSignature
from core.documents.model import DocumentVersion
from core.documents.printing.marking import Marks
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.kernel.sealing.verifier import STOOD, Broken, Package, check_cms
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.documents.people import People, open_people
from tests.core.region.evidence.making import anchors, package, sealed_anew

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
PEM = serialization.Encoding.PEM
INN = "510000000000"


class Centre:
    """A certification authority of the tests and one official under it; the root ends at `ends`."""

    uses: tuple[x509.ObjectIdentifier, ...] = ()

    def __init__(
        self,
        since: datetime = NOW - YEAR,
        until: datetime = NOW + YEAR,
        ends: datetime = NOW + 9 * YEAR,
        name: str = "Проверочный удостоверяющий центр",
        owner: str = "Проверочный curator",
    ) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.own = ec.generate_private_key(ec.SECP256R1())
        self.name = _name(name)
        self.root = self._issue(self.name, self.key, NOW - 9 * YEAR, ends, ca=True)
        who = _name(owner, INN)
        self.cert = self._issue(who, self.own, since, until, ca=False)
        self.lender = self._issue(_name("Проверочный министр"), self.own, since, until, ca=False)
        self.roots = self.root.public_bytes(serialization.Encoding.PEM).decode()

    def _issue(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        since: datetime,
        until: datetime,
        *,
        ca: bool,
    ) -> x509.Certificate:
        builder = x509.CertificateBuilder(self.name, subject, key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(since).not_valid_after(until)
        basic = x509.BasicConstraints(ca, None)
        builder = builder.add_extension(basic, critical=True)
        for one in self.uses if not ca else ():
            builder = builder.add_extension(x509.ExtendedKeyUsage([one]), critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def revoked(self, *, own: bool = False, at: datetime = NOW) -> bytes:
        """The list of this moment, with the official's certificate in it or without."""
        builder = x509.CertificateRevocationListBuilder(self.name)
        builder = builder.last_update(at - timedelta(hours=1)).next_update(at + timedelta(days=1))
        if own:
            entry = x509.RevokedCertificateBuilder(self.cert.serial_number, at - timedelta(days=1))
            builder = builder.add_revoked_certificate(entry.build())
        made = builder.sign(self.key, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.DER)

    def word(
        self,
        status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
        at: datetime = NOW,
        named: bool | None = None,
        of: x509.Certificate | None = None,
    ) -> bytes:
        """The answer of this moment on the official's certificate (RFC 6960), in DER.

        By the centre itself, or by a responder that it has `named` as one, or not so.
        """
        by, key = self.root, self.key
        if named is not None:
            key, uses = ec.generate_private_key(ec.SECP256R1()), self.uses
            self.uses = (ExtendedKeyUsageOID.OCSP_SIGNING,) if named else ()
            by = self._issue(_name("Служба ответов"), key, NOW - YEAR, NOW + YEAR, ca=False)
            self.uses = uses
        gone = at - timedelta(days=1) if status is ocsp.OCSPCertStatus.REVOKED else None
        builder = ocsp.OCSPResponseBuilder().add_response(
            of or self.cert, self.root, hashes.SHA1(), status,
            at - timedelta(hours=1), at + timedelta(days=1), gone, None,
        )  # fmt: skip
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by).certificates([by])
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def lend(self, document: bytes, folder: Path) -> bytes:
        """The signature of a minister under a power of attorney, in CAdES."""
        own, self.cert = self.cert, self.lender
        try:
            return self.sign(document, folder)
        finally:
            self.cert = own

    def sign(self, content: bytes, folder: Path, *options: str) -> bytes:
        """CAdES by openssl."""
        plain = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
        key = self.own.private_bytes(serialization.Encoding.PEM, plain[1], plain[0])
        (folder / "key.pem").write_bytes(key)
        pem = self.cert.public_bytes(serialization.Encoding.PEM)
        (folder / "cert.pem").write_bytes(pem)
        (folder / "content").write_bytes(content)
        words = "openssl cms -sign -cades -binary -md sha256 -in content -signer cert.pem"
        more = "-inkey key.pem -outform DER -out signature.p7s"
        command = [*words.split(), *more.split(), *options]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
        return (folder / "signature.p7s").read_bytes()


def _name(said: str, number: str | None = None) -> x509.Name:
    numbers = [x509.NameAttribute(NameOID.INN, number)] if number else []
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said), *numbers])


async def _submitted(open_test_region: OpenRegion) -> tuple[People, int, bytes]:
    people = await open_people(await open_test_region("murmansk"))
    number = await people.draft("passport", "head")
    await people.submit(number, "head")
    query = select(DocumentVersion.original).where(DocumentVersion.document_id == number)
    async with people.region.database.reading() as session:
        return people, number, (await session.scalars(query)).one()


async def _decide(people: People, number: int, signing: DetachedSignature) -> None:
    ruling = Ruling(Authority.CURATOR, await people.seen(number))
    async with people.region.work(people.actors["curator"]) as work:
        await decide(work, number, ruling, signing)


async def test_signatures_are_really_checked(open_test_region: OpenRegion, tmp_path: Path) -> None:
    people, number, original = await _submitted(open_test_region)
    before, kind = await people.rows(), SignatureKind.QUALIFIED
    own, other, late = Centre(), Centre(), Centre(NOW - 3 * YEAR, NOW - YEAR)
    cms, crl = own.sign(original, tmp_path), own.revoked()
    wrong = {
        "подписано другое содержание": (own.sign(b"else", tmp_path), own.roots, [crl]),
        "не ведёт к якорю": (cms, other.roots, [crl]),
        "на этот момент нет": (cms, own.roots, []),
        "этот момент нет": (cms, own.roots, [own.revoked(at=NOW - YEAR)]),
        "момент нет": (cms, own.roots, [other.revoked()]),
        "сертификат отозван": (cms, own.roots, [own.revoked(own=True)]),
        "другому лицу: Проверочный министр": (own.lend(original, tmp_path), own.roots, [crl]),
        "не действовал": (late.sign(original, tmp_path), late.roots, [late.revoked()]),
        "не принята": (b"0", own.roots, [crl]),
    }
    for words, (signature, roots, lists) in wrong.items():
        with pytest.raises(Refusal, match=words):
            await _decide(people, number, DetachedSignature(kind, signature, roots, lists))
    simple = DetachedSignature(SignatureKind.SIMPLE, cms, own.roots, [crl])
    with pytest.raises(Refusal, match="усиленной"):
        await _decide(people, number, simple)
    assert await people.rows() == before
    await _decide(people, number, DetachedSignature(kind, cms, own.roots, [crl]))
    assert (await people.row(number)).state == "approved"
    whole = await package(people.region, number)
    Package(whole, anchors(people.region, signers=own.roots))
    with pytest.raises(Exception, match=r"signatures/\d+/signature\.p7s"):
        Package(whole, anchors(people.region, signers=other.roots))


async def test_a_copy_bears_the_stamp_of_the_signature(
    open_test_region: OpenRegion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ГОСТ Р 7.0.97: the phrase, the number of the certificate, its owner, its term."""
    people, number, original = await _submitted(open_test_region)
    own, marks = Centre(), list[Marks]()
    cms = own.sign(original, tmp_path)
    await _decide(
        people, number, DetachedSignature(SignatureKind.QUALIFIED, cms, own.roots, [own.revoked()])
    )

    def marked(_original: bytes, said: Marks, _moment: datetime) -> bytes:
        marks.append(said)
        return b""

    monkeypatch.setattr(copies, "marked", marked)
    async with people.region.reading(people.actors["curator"]) as work:
        await copies.marked_copy(work, (await people.row(number)).current_id or 0)
    (mark,) = marks[0].decisions
    assert mark.lines[-5:] == [
        "Документ подписан электронной подписью",
        "Вид: усиленная квалифицированная электронная подпись",
        f"Сертификат: {own.cert.serial_number:X}",
        "Владелец: Проверочный curator",
        "Действителен: с 02.03.2025 по 02.03.2027",
    ]


async def test_nobody_signs_for_a_party_outside(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    """What is entered from an act has the signature of whoever made that act."""
    people = await open_people(await open_test_region("murmansk"))
    number, own = await people.draft("roadmap-update", "head"), Centre()
    seen = await people.submit(number, "head")
    before, act = await people.rows(), Ground(ActKind.LETTER, "5", date(2026, 2, 1))
    cms = own.sign(b"", tmp_path)
    signing = DetachedSignature(SignatureKind.QUALIFIED, cms, own.roots, [own.revoked()])
    ruling = Ruling(Authority.COMPETENCE_CENTRE, seen, ground=act)
    with pytest.raises(Refusal, match="по акту стороны"):
        async with people.region.work(people.actors["executor"]) as work:
            await decide(work, number, ruling, signing)
    assert await people.rows() == before


async def test_an_answer_of_the_issuer_does_instead_of_a_list(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    """RFC 6960: by the issuer's own key, or by the responder that it has named for this."""
    people, number, original = await _submitted(open_test_region)
    before, own, other = await people.rows(), Centre(), Centre()
    cms, status = own.sign(original, tmp_path), ocsp.OCSPCertStatus
    crl = own.revoked()
    wrong: list[tuple[str, list[bytes], list[bytes]]] = [
        ("на этот момент нет", [], [other.word()]),
        ("на этот момент нет", [], [own.word(status.UNKNOWN)]),
        ("на этот момент нет", [], [own.word(at=NOW - YEAR / 2)]),
        ("на этот момент нет", [], [own.word(named=False)]),
        ("сертификат отозван", [], [own.word(status.REVOKED)]),
        ("сертификат отозван", [crl], [own.word(status.REVOKED)]),
        ("сертификат отозван", [own.revoked(own=True)], [own.word()]),
        ("не принята", [crl], [b"0"]),
    ]
    kind = SignatureKind.QUALIFIED
    for words, lists, answers in wrong:
        signing = DetachedSignature(kind, cms, own.roots, lists, answers=answers)
        with pytest.raises(Refusal, match=words):
            await _decide(people, number, signing)
    assert await people.rows() == before
    good = DetachedSignature(kind, cms, own.roots, [], answers=[own.word(named=True)])
    await _decide(people, number, good)
    whole = await package(people.region, number)
    found = Package(whole, anchors(people.region, signers=own.roots))
    assert "signatures/1/01.ocsp" in found.parts
    assert str(found).splitlines()[-2:] == [STOOD, "пакет верен: murmansk, document:1"]
    listed = x509.load_der_x509_crl(own.revoked(own=True)).public_bytes(PEM)
    none = "ни списка отозванных, ни ответа о сертификате на этот момент нет"
    for name, kept, why in (
        ("01.ocsp", own.word(status.REVOKED), "сертификат отозван"),
        ("01.ocsp", own.word(status.UNKNOWN), none),
        ("01.ocsp", own.word(at=NOW - YEAR / 2), none),
        ("01.ocsp", own.word(named=False), none),
        ("01.ocsp", other.word(), none),
        ("01.ocsp", own.word(of=own.lender), none),
        ("lists.pem", listed, "сертификат отозван"),
    ):
        changed = sealed_anew(people.region, whole, **{f"signatures/1/{name}": kept})
        with pytest.raises(Broken) as refused:
            Package(changed, anchors(people.region, signers=own.roots))
        assert str(refused.value) == f"signatures/1/signature.p7s: {why}", name


def test_a_name_that_two_authorities_bear_is_tried_with_each_key(tmp_path: Path) -> None:
    """A root may be renewed under a new key: whichever comes first, the right one is found."""
    own, other = Centre(), Centre()
    cms = own.sign(b"text", tmp_path)
    for roots in (own.roots + other.roots, other.roots + own.roots):
        assert check_cms(cms, b"text", roots, NOW)[2] == [own.cert, own.root]
    with pytest.raises(ValueError, match="не ведёт к якорю"):
        check_cms(cms, b"text", other.roots + other.roots, NOW)
