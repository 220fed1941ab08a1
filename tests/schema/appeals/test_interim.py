"""An interim answer through the API, and both times (R55)."""

from __future__ import annotations

from datetime import UTC, datetime

from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import step
from tests.schema.conftest import Api

POSTED = {"way": "POST", "number": "реестр № 1"}
WRITTEN = {"text": "Ждём экспертизу.", "signature": "HANDWRITTEN", "dispatch": POSTED}
CASE = """query($id: ID!) { appeal(id: $id) { state dueAt informedAt answeredAt
  answers { kind outcome sentAt late } } }"""
TIMES = """{ responseTimes(since: "2026-03-02", until: "2026-03-02") {
  received informed meanSecondsToInterim answered meanSecondsToFinal } }"""


async def test_an_interim_answer_and_both_times(api: Api, clock: FrozenClock) -> None:
    clock.moment = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    number = encode_id(await api.take())
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    mixed = {"id": number, **WRITTEN, "kind": "INTERIM", "outcome": "EXPLAINED"}
    refused = await step(api, "body-official", "answerAppeal", "AnswerInput", **mixed)
    assert refused["code"] == "INVALID"
    clock.forward(hours=1)
    told = {"id": number, **WRITTEN, "kind": "INTERIM"}
    done = await step(api, "body-official", "answerAppeal", "AnswerInput", **told)
    assert (done["state"], done["outcome"]) == ("IN_WORK", None)
    case = (await api.data(CASE, "curator", id=number))["appeal"]
    assert case["informedAt"] == "2026-03-02T08:00:00Z"
    assert (case["answeredAt"], case["dueAt"] is None) == (None, False)
    sent = {"kind": "INTERIM", "outcome": None, "sentAt": "2026-03-02T08:00:00Z", "late": None}
    assert case["answers"] == [sent]
    assert (await api.data(TIMES, "curator"))["responseTimes"] == {
        "received": 1,
        "informed": 1,
        "meanSecondsToInterim": 3600.0,
        "answered": 0,
        "meanSecondsToFinal": None,
    }
