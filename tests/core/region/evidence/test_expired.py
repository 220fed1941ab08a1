"""Years later: every certificate has expired, and what was proved stays proved."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.documents.deciding import Ruling, decide
from core.documents.detached import DetachedSignature
from core.documents.model import DocumentVersion
from core.kernel.codes import Authority
from core.kernel.region import Region
from core.kernel.sealing.verifier import STAMP, UNPROVEN, Package
from core.region.evidence.anchors import trust
from tests.conftest import OpenRegion
from tests.core.documents.people import open_people
from tests.core.documents.test_detached import NOW, Centre
from tests.core.region.evidence.making import anchors, package
from tests.core.region.evidence.stamper import ENDS, Stamper
from tests.core.region.evidence.test_packages import by_hand
from tests.core.region.evidence.test_tampering import at_the_door

FIVE_YEARS_ON = int((NOW + timedelta(days=5 * 365)).timestamp())


async def _signed(region: Region, centre: Centre, folder: Path) -> int:
    """A passport that the curator has signed on."""
    people = await open_people(region)
    number = await people.draft("passport", "head")
    seen = await people.submit(number, "head")
    query = select(DocumentVersion.original).where(DocumentVersion.document_id == number)
    async with region.database.reading() as session:
        original = (await session.scalars(query)).one()
    cms = centre.sign(original, folder)
    kind = SignatureKind.QUALIFIED
    signing = DetachedSignature(kind, cms, centre.roots, [centre.revoked()])
    async with region.work(people.actors["curator"]) as work:
        await decide(work, number, Ruling(Authority.CURATOR, seen), signing)
    return number


def _refused_later(folder: Path, *words: str) -> None:
    """Openssl says that on that day the certificates are no good any more."""
    command = ["openssl", *words, "-attime", str(FIVE_YEARS_ON)]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    assert b"expired" in done.stderr + done.stdout


async def test_all_certificates_expired(open_test_region: OpenRegion, tmp_path: Path) -> None:
    """Accepted by both verifiers and by hand, each at the moment that is proved."""
    region = await open_test_region("murmansk")
    centre, stamper = Centre(until=ENDS, ends=ENDS), Stamper(tmp_path)
    trust(region.sealing, stamps=stamper.roots, signers=centre.roots)
    number = await _signed(region, centre, tmp_path)
    whole = await package(region, number, stamping=stamper.stamp)
    assert datetime.now(UTC) > ENDS, "the certificates have not expired yet"
    found = Package(whole, anchors(region))
    assert (found.signed_at, found.lacking) == (NOW, [f"решение 1: {UNPROVEN}"])
    assert str(found).splitlines()[1] == "подписан не позже 2026-03-02 12:00:00+00:00"
    door = at_the_door(whole, anchors(region), tmp_path)
    assert door == (0, "пакет верен: murmansk, document:1")
    folder = tmp_path / "by-hand"
    key = region.keys.checking[0].as_pem(private=False)
    script = by_hand(whole, folder, key, stamps=stamper.roots, signers=centre.roots)
    assert "openssl cms -verify" in script
    stamp = ("-in", STAMP, "-data", "manifest.sig", "-CAfile", "stamps.pem")
    _refused_later(folder, "ts", "-verify", *stamp)
    signature = ("-in", "signatures/1/signature.p7s", "-content", "versions/1.pdf", "-binary")
    more = ("-CAfile", "signers.pem", "-purpose", "any", "-out", "out")
    _refused_later(folder, "cms", "-verify", "-inform", "DER", *signature, *more)
