"""Proof of solutions as clients send it."""

from __future__ import annotations

from core.kernel.access import system
from core.kernel.region import Region
from schema.graphql.ids import decode_id, global_id
from tests.fixtures.proofs import attached


async def attached_evidence(region: Region, number: str) -> list[dict[str, str]]:
    """A photo and a document that are attachments of the case, by its global id."""
    async with region.work(system()) as work:
        given = await attached(work, decode_id(number, "Appeal"))
    return [
        {"kind": one.kind, "attachment": global_id("Attachment", one.attachment or 0)}
        for one in given
    ]
