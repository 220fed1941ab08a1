"""Another record of receipt through the API (R53)."""

from __future__ import annotations

from datetime import UTC, datetime

from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import step
from tests.schema.conftest import Api

TERM = "query($id: ID!) { appeal(id: $id) { mechanismDueAt receivedAt } }"


async def test_the_earliest_record_decides(api: Api, clock: FrozenClock) -> None:
    clock.moment = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
    number = encode_id(await api.take())
    given = {"at": "2026-03-02T07:00:00Z", "record": "JOURNAL", "document": "№ 17"}
    await step(api, "coordinator", "tellReceipt", "ReceiptInput", id=number, **given)
    assert (await api.data(TERM, "curator", id=number))["appeal"] == {
        "mechanismDueAt": "2026-04-01T18:59:59Z",
        "receivedAt": "2026-03-05T07:00:00Z",
    }
