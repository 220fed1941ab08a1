"""A document of Kursk that went its whole chain, and its package."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from core.documents.submission import submit
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.sealing.signing import signing_key
from core.kernel.sealing.verifier import CLOSING, MANIFEST, SEAL, SIGNATURE, packed, unpacked
from core.region.evidence.anchors import anchors_of
from core.region.evidence.packages import Handing, Stamping, content_of, hand_out
from core.region.sealing.jobs import run_seal
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, People, Plain, open_people

COURT = Handing("Арбитражный суд Курской области", "запрос от 02.03.2026 № А35-1")


async def approved(open_test_region: OpenRegion, code: str = "kursk") -> tuple[People, int]:
    """A passport that was agreed on and approved, its journal sealed."""
    people = await open_people(await open_test_region(code))
    by = "block-responsible" if code == "kursk" else "head"
    number = await people.draft("passport", by, block=BLOCK if code == "kursk" else None)
    await people.submit(number, by)
    for role in ("head", "curator") if code == "kursk" else ("curator",):
        await people.decide(number, role)
    await run_seal(people.region, {})
    return people, number


async def package(
    region: Region, number: int, kind: str = "document", stamping: Stamping | None = None
) -> bytes:
    """The package as it is kept."""
    async with region.work(system()) as work:
        row = await hand_out(work, region.files, kind, number, COURT, stamping)
        return await content_of(work, row.id)


def anchors(region: Region, **more: Any) -> dict[str, Any]:
    """What its packages are verified by."""
    return {**anchors_of(region.sealing, region.code), **more}


async def small(open_test_region: OpenRegion) -> tuple[Region, bytes]:
    """A package of one version and one decision."""
    people = await open_people(await open_test_region("murmansk"))
    number = await people.draft("passport", "head")
    async with people.region.work(people.actors["head"]) as work:
        await submit(work, number, 1, Plain())
    await people.decide(number, "curator")
    return people.region, await package(people.region, number)


def sealed_anew(region: Region, whole: bytes, **changed: bytes) -> bytes:
    """The package with other parts, signed by the region's own key."""
    parts = {**unpacked(whole), **changed}
    said = json.loads(parts[MANIFEST])
    sums = {name: sha256(parts[name]).hexdigest() for name in said["parts"] if name in parts}
    manifest, key = json.dumps({**said, "parts": sums}).encode(), signing_key(region.keys)
    signature = key.sign(manifest)
    closing = key.sign(SEAL + sha256(manifest).digest() + sha256(signature).digest())
    return packed({**parts, MANIFEST: manifest, SIGNATURE: signature, CLOSING: closing})
