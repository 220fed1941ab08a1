"""Files of figures over the API: ordered, followed and downloaded by whoever ordered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from core.appeals.tabulations.model import Tabulation
from core.appeals.tabulations.service import JOB
from core.kernel.queue import QueuedJob
from core.region.tokens import demo_token
from tests.fixtures.clock import FrozenClock
from tests.fixtures.jobs import worked_off
from tests.schema.conftest import Api

ORDER = """mutation($input: OrderTabulationInput!) { orderTabulation(input: $input) {
  __typename ... on Tabulation { id state total file }
  ... on Refusal { code text } } }"""
MINE = """{ tabulations { id state kind measure by each since lastDay done total
  orderedAt finishedAt expiresAt file code text clause { ref } } }"""
ONE = "query($id: ID!) { tabulation(id: $id) { state } node(id: $id) { id } }"


async def ordered(api: Api, role: str | None, **given: Any) -> Any:
    asked = {"measure": "COUNT", "by": ["THEME"], "period": "2026-02", "kind": "CSV", **given}
    return (await api.data(ORDER, role, input=asked))["orderTabulation"]


async def downloaded(api: Api, role: str, number: str) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {demo_token(api.region, role)}"}
    answer = await api.http.get(f"/polygon/attachments/{number}", headers=headers)
    return answer.status_code, answer.text


async def test_from_the_order_to_the_file(api: Api, clock: FrozenClock) -> None:
    now = clock()
    await api.take(external_id="1", received_at=now - timedelta(days=1))
    await api.take(external_id="2", received_at=now - timedelta(days=1), theme="health")
    wanted = {"period": f"{now:%Y-%m}", "filter": {"theme": ["roads"]}}
    said = await ordered(api, "curator", **wanted)
    assert (said["__typename"], said["state"], said["total"]) == ("Tabulation", "WAITING", 0)
    assert said["file"] is None
    assert (await ordered(api, "curator", **wanted))["id"] == said["id"]
    await worked_off(api.region, JOB)
    (mine,) = (await api.data(MINE, "curator"))["tabulations"]
    assert (mine["state"], mine["done"], mine["total"]) == ("READY", 3, 3)
    assert (mine["measure"], mine["by"], mine["kind"]) == ("COUNT", ["THEME"], "CSV")
    assert (mine["since"], mine["code"], mine["each"]) == (f"{now:%Y-%m}-01", None, None)
    status, text = await downloaded(api, "curator", mine["file"])
    assert status == 200
    assert [line.split(",")[:2] for line in text.splitlines()[1:]] == [
        ["Дороги", "1"],
        ["Все вместе", "1"],
    ]
    assert (await downloaded(api, "coordinator", mine["file"]))[0] == 404
    assert (await downloaded(api, "administrator", mine["file"]))[0] == 404
    for stranger in ("coordinator", "administrator"):
        assert (await api.data(MINE, stranger))["tabulations"] == []
        told = await api.data(ONE, stranger, id=said["id"])
        assert told == {"tabulation": None, "node": None}
    assert (await api.data(ONE, "curator", id=said["id"]))["tabulation"] == {"state": "READY"}


async def test_a_reader_without_cases_by_the_same_path(api: Api, clock: FrozenClock) -> None:
    clock.at(2026, 3, 11)
    said = await ordered(api, "administrator")
    await worked_off(api.region, JOB)
    (mine,) = (await api.data(MINE, "administrator"))["tabulations"]
    assert mine["id"] == said["id"]
    status, text = await downloaded(api, "administrator", mine["file"])
    assert status == 200
    assert text.splitlines()[0] == "тематика,сколько обращений,обращений,как читать"


async def test_refusals_leave_nothing(api: Api) -> None:
    for role, given, code in (
        (None, {}, "UNAUTHENTICATED"),
        ("administrator", {"by": ["BODY"]}, "INVALID"),
        ("administrator", {"filter": {"theme": ["roads"]}}, "INVALID"),
        ("administrator", {"each": "DAY"}, "INVALID"),
        ("curator", {"period": "вчера"}, "INVALID"),
        ("curator", {"by": ["THEME", "BODY", "STATE", "CHANNEL"]}, "INVALID"),
        ("curator", {"filter": {"receivedFrom": "2026-01-01T00:00:00Z"}}, "INVALID"),
    ):
        said = await ordered(api, role, **given)
        assert (said["__typename"], said["code"]) == ("Refusal", code)
    async with api.region.database.reading() as session:
        for rows in (Tabulation, QueuedJob):
            query = select(func.count(rows.id))
            if rows is QueuedJob:
                query = query.where(QueuedJob.name == "tabulations.make")
            assert await session.scalar(query) == 0
    assert (await api.data(MINE, "curator"))["tabulations"] == []
    assert (await api.error(MINE))["extensions"] == {"code": "UNAUTHENTICATED"}
