"""A clock that jumps between any two steps: the order is the ledger's, no stretch is negative."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise, product

import orjson
import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.certificate import certify, verify
from core.appeals.ledger import lateness_of, pure, read_entries
from core.kernel.incidents.model import Incident
from tests.core.appeals.conftest import EXPLAINED, Desk

HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=31)
JUMPS = [
    *product((-HOUR, -DAY, timedelta()), repeat=3),
    (HOUR, -MONTH, HOUR),
    (MONTH, -MONTH, -HOUR),
    (-MONTH, MONTH, -DAY),
]


async def life(desk: Desk, jumps: tuple[timedelta, ...]) -> int:
    """A case brought to its end, the clock set before each step."""
    taken = (await desk.take()).appeal_id
    desk.clock.moment += jumps[0]
    await desk.accept(taken)
    desk.clock.moment += jumps[1]
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken, EXPLAINED)
    desk.clock.moment += jumps[2]
    async with desk.work(desk.official) as work:
        await answers.close(work, taken)
    return taken


@pytest.mark.parametrize("jumps", JUMPS, ids=lambda jumps: "/".join(map(str, jumps)))
async def test_no_effect_is_earlier_than_its_cause(
    desk: Desk, jumps: tuple[timedelta, ...]
) -> None:
    appeal_id = await life(desk, jumps)
    rows, appeal = await desk.ledger(appeal_id), await desk.appeal(appeal_id)
    assert all(before.at <= after.at for before, after in pairwise(rows))
    assert all(before.recorded_at <= after.recorded_at for before, after in pairwise(rows))
    assert appeal.registered_at is not None
    assert appeal.answered_at is not None
    assert appeal.closed_at is not None
    assert appeal.received_at <= appeal.registered_at <= appeal.answered_at <= appeal.closed_at
    async with desk.region.database.reading() as session:
        told = (await session.scalars(select(Incident).where(Incident.key == "clock"))).all()
    assert bool(told) == any("clock" in row.data for row in rows)
    async with desk.work(desk.coordinator) as work:
        kept = lateness_of(work, appeal, pure(await read_entries(work, appeal_id)))
    assert kept.due_at == appeal.due_at


async def test_a_certificate_says_what_the_clock_said(desk: Desk) -> None:
    began = desk.now()
    appeal_id = await life(desk, (-HOUR, -HOUR, -HOUR))
    async with desk.work(desk.coordinator) as work:
        entries = pure(await read_entries(work, appeal_id))
        text = certify(work, await desk.appeal(appeal_id), entries)
    ledger = orjson.loads(text)["ledger"]
    said = [(one["fact"], one["data"]["clock"]) for one in ledger if "clock" in one["data"]]
    assert [moment for fact, moment in said if fact in ("accepted", "answered", "closed")] == [
        (began - hours * HOUR).isoformat() for hours in (1, 2, 3)
    ]
    assert {one["at"] for one in ledger} == {began.isoformat()}
    verify(text, desk.region.rules, desk.region.keys, desk.region.calendar)
