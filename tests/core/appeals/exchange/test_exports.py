"""The export is streamed page by page and carries neither texts nor people."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from core.appeals.applicants.contact import Contact
from core.appeals.exchange import exports
from core.appeals.exchange.exports import export_to
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in_many
from core.kernel.access import system
from core.kernel.region import Region
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

SECRETS = ("Тайный текст обращения", "Пётр Примеров", "petr@example.org", "улица Секретная, 1")


@pytest.fixture
async def boston(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    region = await open_test_region("tests.grounds.boston")
    text, name, contact, address = SECRETS
    async with region.work(system()) as work:
        await take_in_many(
            work,
            [
                NewAppeal(
                    "line-311",
                    str(number),
                    text,
                    received_at=work.now,
                    promised_at=work.now + timedelta(hours=number),
                    contact=Contact(name, contact, address),
                )
                for number in range(1, 8)
            ],
        )
    return region


async def test_pages_join_without_a_gap(boston: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PAGE", 3)
    file, seen = io.StringIO(), list[tuple[int, int]]()
    written = await export_to(boston, file, progress=lambda *done: seen.append(done))
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert written == 7
    assert [row["external_id"] for row in rows] == list("1234567")
    assert seen == [(3, 7), (6, 7), (7, 7)]


async def test_late_is_judged_at_this_moment(boston: Region, clock: FrozenClock) -> None:
    clock.forward(hours=3)
    file = io.StringIO()
    await export_to(boston, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [row["late"] for row in rows] == ["true"] * 2 + [
        "false"
    ] * 5  # the third is just in time


async def test_no_text_and_no_person(boston: Region) -> None:
    for suffix in (".csv", ".jsonl"):
        file = io.StringIO()
        await export_to(boston, file, suffix)
        assert not [secret for secret in SECRETS if secret in file.getvalue()]
