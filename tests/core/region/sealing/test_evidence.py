"""A certificate proves its ledger by the tree, and is checked against it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from sqlalchemy import text

from core.appeals.certificate import certify, verify
from core.appeals.certificate_journal import PENDING, SealedLedger
from core.appeals.ledger import pure, read_entries
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.sealing.evidence import sealed_ledger, verify_certificate
from core.region.sealing.jobs import run_seal
from core.region.sealing.proof import Findings
from tests.core.appeals.conftest import Desk
from tests.core.region.sealing.tampering import past_every_trigger


async def certificate(desk: Desk, appeal_id: int) -> str:
    async with desk.work(desk.coordinator) as work:
        entries = pure(await read_entries(work, appeal_id))
        sealed = await sealed_ledger(work, appeal_id)
        return certify(work, await desk.appeal(appeal_id), entries, sealed)


async def differing(region: Region, content: dict[str, Any]) -> list[str]:
    found = Findings()
    async with region.reading(system()) as work:
        await verify_certificate(work, content, found)
    return [f"{fault.where}: {fault.what}" for fault in found.faults]


def check(region: Region, paper: str) -> int | None:
    return verify(paper, region.rules, region.keys, region.calendar).leaves


async def test_the_proof_is_pending_and_then_there(desk: Desk) -> None:
    taken = await desk.take()
    before = await certificate(desk, taken.appeal_id)
    assert orjson.loads(before)["journal"] == PENDING == "принято, доказательство готовится"
    assert check(desk.region, before) is None
    await run_seal(desk.region, {})
    after = await certificate(desk, taken.appeal_id)
    size = check(desk.region, after)
    assert size is not None
    assert [one["seq"] for one in orjson.loads(after)["journal"]["facts"]] == [1, 2, 3]
    await desk.accept(taken.appeal_id)
    assert check(desk.region, await certificate(desk, taken.appeal_id)) is None
    for paper in (before, after):
        assert await differing(desk.region, orjson.loads(paper)) == []
    await run_seal(desk.region, {})
    assert (check(desk.region, await certificate(desk, taken.appeal_id)) or 0) > size


async def test_a_proof_that_does_not_hold_is_refused(desk: Desk) -> None:
    """Even under the region's own signature."""
    taken = await desk.take()
    await run_seal(desk.region, {})
    async with desk.work(desk.coordinator) as work:
        entries = pure(await read_entries(work, taken.appeal_id))
        sealed = await sealed_ledger(work, taken.appeal_id)
        assert sealed is not None
        broken = SealedLedger(sealed.checkpoint, sealed.facts[1:])
        paper = certify(work, await desk.appeal(taken.appeal_id), entries, broken)
    with pytest.raises(Refusal, match="доказательство по журналу не сходится"):
        check(desk.region, paper)


@pytest.mark.bare_rows
async def test_a_ledger_that_was_rewritten_differs_from_its_certificate(desk: Desk) -> None:
    taken = await desk.take()
    await run_seal(desk.region, {})
    content = orjson.loads(await certificate(desk, taken.appeal_id))
    async with desk.region.database.writing() as session:
        await past_every_trigger(session, desk.region)
        await session.execute(text("UPDATE ledger SET fact = 'accepted' WHERE seq = 2"))
        await session.execute(text("UPDATE seal_leaf SET form = 0 WHERE kind = 'ledger'"))
    number = content["appeal"]
    assert await differing(desk.region, content) == [
        f"{number}, факт 2: в журнале обращения этого нет",
        f"дерево: корень на {size(content)} листьях не тот, что в справке",
        *(f"{number}, факт {seq}: лист дерева не тот, что в справке" for seq in (1, 2, 3)),
    ]


def size(content: dict[str, Any]) -> int:
    return int(content["journal"]["checkpoint"].split("\n")[1])
