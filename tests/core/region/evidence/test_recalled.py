"""The certificate of an authority of timestamps is in a list beside its roots (RFC 3161, 4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import ReasonFlags

from core.kernel.sealing.verifier import STAMP, Broken, Package, stamped_at
from core.region.evidence.anchors import trust
from tests.conftest import OpenRegion
from tests.core.documents.test_detached import NOW
from tests.core.region.evidence.making import anchors, approved, package
from tests.core.region.evidence.stamper import ENDS, Stamper
from tests.core.region.evidence.test_tampering import at_the_door

BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(days=1)
RECALLED = "сертификат службы меток отозван"


@pytest.mark.parametrize(
    ("at", "reasons", "holds"),
    [
        (AFTER, [ReasonFlags.superseded], True),
        (AFTER, [ReasonFlags.cessation_of_operation], True),
        (BEFORE, [ReasonFlags.superseded], False),
        (NOW, [ReasonFlags.cessation_of_operation], False),
        (AFTER, [ReasonFlags.key_compromise], False),
        (AFTER, [ReasonFlags.ca_compromise], False),
        (AFTER, [], False),
    ],
)
async def test_a_recalled_authority(
    tmp_path: Path, at: datetime, reasons: list[ReasonFlags], *, holds: bool
) -> None:
    """Stamps of before stand where it only ceased; a stolen key, or no reason, takes them all."""
    stamper = Stamper(tmp_path)
    answer, beside = await stamper.stamp(b"text"), stamper.recalled(at, *reasons)
    assert stamped_at(answer, b"text", stamper.roots) == (NOW, ENDS)
    stranger = Stamper(tmp_path).recalled(BEFORE)
    assert stamped_at(answer, b"text", stranger + stamper.roots) == (NOW, ENDS)
    for roots in (stamper.roots + beside, beside + stamper.roots):
        if holds:
            assert stamped_at(answer, b"text", roots) == (NOW, ENDS)
        else:
            with pytest.raises(Broken, match=RECALLED):
                stamped_at(answer, b"text", roots)


async def test_a_package_by_an_authority_with_a_stolen_key(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    people, number = await approved(open_test_region)
    stamper = Stamper(tmp_path)
    own = anchors(people.region, stamps=stamper.roots)
    trust(people.region.sealing, stamps=stamper.roots)
    whole = await package(people.region, number, stamping=stamper.stamp)
    assert Package(whole, own).signed_at == NOW
    stolen = stamper.roots + stamper.recalled(AFTER, ReasonFlags.key_compromise)
    door = at_the_door(whole, {**own, "stamps": stolen}, tmp_path)
    assert door == (1, f"{STAMP}: {RECALLED}")
