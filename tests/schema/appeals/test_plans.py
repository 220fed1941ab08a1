"""What is planned, put off and done through the API; a draft that comes back (R56, R59)."""

from __future__ import annotations

from datetime import UTC, datetime

from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import step
from tests.schema.attachments.proofs import attached_evidence
from tests.schema.conftest import Api

POSTED = {"way": "POST", "number": "реестр № 1"}
PLANNED = {"text": "Заделаем.", "outcome": "PLANNED"}
AWAITED = """query($late: Boolean!) { awaitedPlans(overdue: $late) {
  id planDate planDueAt plansPutOff prolongedTo } }"""
DRAFTS = "query($id: ID!) { appeal(id: $id) { answers { returnedFor returnedAt warnings } } }"


async def test_a_draft_comes_back_and_what_is_planned_is_awaited(
    api: Api, clock: FrozenClock
) -> None:
    clock.moment = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    number = encode_id(await api.take())
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    await step(api, "body-official", "answerAppeal", "AnswerInput", id=number, **PLANNED)
    back = {"id": number, "fault": "no-day", "remark": "назовите день"}
    done = await step(api, "coordinator", "returnDraft", "ReturnDraftInput", **back)
    assert done["state"] == "IN_WORK"
    (draft,) = (await api.data(DRAFTS, "curator", id=number))["appeal"]["answers"]
    at = "2026-03-02T07:00:00Z"
    assert draft == {"returnedFor": "no-day", "returnedAt": at, "warnings": ["no-day"]}
    dated = {**PLANNED, "planDate": "2026-06-01", "signature": "HANDWRITTEN", "dispatch": POSTED}
    await step(api, "body-official", "answerAppeal", "AnswerInput", id=number, **dated)
    later = {"id": number, "day": "2026-08-03", "reason": "нет подрядчика"}
    await step(api, "body-official", "putOffPlan", "PutOffInput", **later)
    plan = {"id": number, "planDate": "2026-08-03", "planDueAt": "2026-08-03T18:59:59Z"}
    expected = [{**plan, "plansPutOff": 1, "prolongedTo": None}]
    assert (await api.data(AWAITED, "curator", late=False))["awaitedPlans"] == expected
    assert (await api.data(AWAITED, "curator", late=True))["awaitedPlans"] == []
    proof = await attached_evidence(api.region, number)
    fulfilled = {"id": number, "done": "Яма заделана", "evidence": proof}
    await step(api, "body-official", "fulfilPlan", "FulfilInput", **fulfilled)
    assert (await api.data(AWAITED, "curator", late=False))["awaitedPlans"] == []
