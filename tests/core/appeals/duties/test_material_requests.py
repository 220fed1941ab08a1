"""Materials asked for because of a citizen's appeal: one term, in the request and in the case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.appeals.model import LedgerEntry
from core.appeals.rights.materials import list_materials
from core.attachments.incoming import Incoming
from core.attachments.store import Limits
from core.requests.answering import answer_request
from core.requests.asking import request_for_appeal
from core.requests.materials import attach
from tests.core.appeals.duties.conftest import SECOND, Office
from tests.fixtures.actors import actor_with


@pytest.mark.clause("fz59/10.2", "fz59/5.2")
@pytest.mark.parametrize("code", ["kursk"])
async def test_a_citizens_appeal_gives_fifteen_days_and_a_term_of_the_case(
    office: Office, code: str
) -> None:
    """The same fifteen days stand in the ledger of the case; the answer stands there too."""
    appeal_id = await office.accepted()
    async with office.region.work(office.first) as work:
        row = await request_for_appeal(work, appeal_id, SECOND, "Чья это дорога?")
    assert (row.clause, row.advised) == ("fz59/10.2", False)
    assert row.due_at == datetime(2026, 3, 17, 20, 59, 59, tzinfo=UTC)
    (entry,) = [one for one in await office.ledger(appeal_id) if one.fact == "asked"]
    assert (entry.seq, entry.data["due_at"]) == (row.inquiry, row.due_at.isoformat())
    region = office.region
    limits = Limits.of(region.own)
    incoming = Incoming(region.files, "реестр.txt", limits.file_bytes)
    incoming.add("Дорога № 7".encode())
    arrived = incoming.finish()
    async with region.work(office.second) as work:
        await attach(work, row.id, arrived, limits)
        done = await answer_request(work, row.id, "Дорога муниципальная.")
    assert done.state == "answered"
    last: LedgerEntry = (await office.ledger(appeal_id))[-1]
    assert (last.fact, last.reason, last.data["late"]) == (
        "supplied",
        "Дорога муниципальная.",
        False,
    )
    async with region.reading(actor_with(region, "head")) as work:
        listed = await list_materials(work, appeal_id)
    assert [(one.name, one.content.partition(",")[0]) for one in listed] == [
        (f"сведения от органа «{SECOND}», приложение", "реестр.txt"),
        (f"сведения от органа «{SECOND}»", "Дорога муниципальная."),
    ]
