"""An answer on its way through the API: each step of its own, and what lists say of it."""

from __future__ import annotations

from typing import Any

import pytest

from core.directory.model import Person
from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import step
from tests.schema.conftest import Api

POSTED = {"way": "POST", "number": "реестр № 1"}
CASE = """query($id: ID!) { appeal(id: $id) {
  state undelivered lateBy statuteDueAt mechanismDueAt
  answers { text signer signedAs signature sentAt late }
  dispatches { way number addressGround handedAt deliveredAt returnedAt returnReason annulledAt }
  deadline { all { key dayOff } } } }"""
LISTED = "query($f: AppealFilter!) { appeals(filter: $f) { totalCount nodes { id } } }"


@pytest.fixture
async def number(api: Api) -> str:
    number = encode_id(await api.take())
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    given = {"id": number, "text": "Разъясняем.", "outcome": "EXPLAINED"}
    drafted = await step(api, "body-official", "answerAppeal", "AnswerInput", **given)
    assert drafted["state"] == "IN_WORK"
    return number


async def case(api: Api, number: str) -> Any:
    return (await api.data(CASE, "curator", id=number))["appeal"]


async def found(api: Api, **asked: Any) -> list[str]:
    page = (await api.data(LISTED, "curator", f=asked))["appeals"]
    assert page["totalCount"] == len(page["nodes"])
    return [one["id"] for one in page["nodes"]]


@pytest.mark.clause("fz59/10.3", "fz59/10.4", "tsur.practice/lifecycle.deliver")
async def test_signed_sent_returned_sent_again_delivered(
    api: Api, number: str, clock: FrozenClock
) -> None:
    send = {"id": number, "dispatch": POSTED}
    early = await step(api, "body-official", "sendAnswer", "SendInput", **send)
    assert early["code"] == "NOT_SIGNED"
    signature = {"id": number, "signature": "HANDWRITTEN"}
    signed = await step(api, "body-head", "signAnswer", "SignInput", **signature)
    assert signed["state"] == "IN_WORK"
    sent = await step(api, "body-official", "sendAnswer", "SendInput", **send)
    assert (sent["state"], sent["outcome"]) == ("ANSWERED", "EXPLAINED")
    reason = {"id": number, "reason": "адресат выбыл"}
    await step(api, "body-official", "reportUndelivered", "ReasonedInput", **reason)
    assert await found(api, undelivered=True) == [number]
    await step(api, "body-official", "resendAnswer", "SendInput", **send)
    assert await found(api, undelivered=True) == []
    proof = {"id": number, "proof": "уведомление № 9"}
    await step(api, "body-official", "confirmDelivery", "DeliveredInput", **proof)
    told = await case(api, number)
    (answer,) = told["answers"]
    assert (answer["signer"], answer["signedAs"]) == ("demo-body-head", "Руководитель органа")
    assert (answer["signature"], answer["late"]) == ("HANDWRITTEN", False)
    first, second = told["dispatches"]
    assert (first["returnReason"], first["deliveredAt"]) == ("адресат выбыл", None)
    assert (second["returnedAt"], second["deliveredAt"]) == (None, answer["sentAt"])


@pytest.mark.clause("tsur.practice/lifecycle.unsend")
async def test_an_error_of_the_sender_goes_back_into_work(api: Api, number: str) -> None:
    await step(api, "body-head", "signAnswer", "SignInput", id=number, signature="HANDWRITTEN")
    await step(api, "body-official", "sendAnswer", "SendInput", id=number, dispatch=POSTED)
    undone = await step(
        api, "body-official", "annulDispatch", "ReasonedInput", id=number, reason="не тот адрес"
    )
    assert (undone["state"], undone["outcome"]) == ("IN_WORK", None)
    told = await case(api, number)
    assert told["answers"][0]["sentAt"] is None
    assert told["dispatches"][0]["annulledAt"] is not None


async def test_a_head_gives_the_power_to_sign(api: Api) -> None:
    async with api.region.database.reading() as session:
        official = await session.get_one(Person, 6)
    query = """mutation($input: EmpowerInput!) { empowerSigner(input: $input) {
      ... on SigningPower { body { key } person { subject } ground since until }
      ... on Refusal { code } } }"""
    given = {"body": "ministry", "person": encode_id(official), "ground": "приказ № 4",
             "since": "2026-03-02", "until": "2026-04-01"}  # fmt: skip
    power = (await api.data(query, "body-head", input=given))["empowerSigner"]
    assert power == {
        "body": {"key": "ministry"},
        "person": {"subject": official.subject},
        "ground": "приказ № 4",
        "since": "2026-03-02",
        "until": "2026-04-01",
    }
    foreign = await api.data(query, "body-head", input={**given, "body": "office"})
    assert foreign["empowerSigner"] == {"code": "FORBIDDEN"}


@pytest.mark.clause("fz59/12.2")
async def test_lists_and_counts_say_whose_term_was_broken(
    api: Api, number: str, clock: FrozenClock
) -> None:
    await step(
        api, "curator", "prolongAppeal", "ProlongInput", id=number, planDate="2026-04-20",
        reason="Нужна экспертиза", notice="Ответ будет позже",
    )  # fmt: skip
    clock.forward(days=35)
    assert (await case(api, number))["lateBy"] == ["MECHANISM"]
    assert await found(api, lateBy="MECHANISM") == [number]
    assert await found(api, lateBy="STATUTE") == []
    assert await found(api, overdue=True) == []
    await step(api, "body-head", "signAnswer", "SignInput", id=number, signature="QUALIFIED")
    await step(api, "body-official", "sendAnswer", "SendInput", id=number, dispatch=POSTED)
    query = """{ appealCounts(by: []) {
      total overdue lateByStatute lateByMechanism notEstablished answered } }"""
    (counts,) = (await api.data(query, "curator"))["appealCounts"]
    assert counts == {"total": 1, "overdue": 0, "lateByStatute": 0, "lateByMechanism": 1,
                      "notEstablished": 0, "answered": 1}  # fmt: skip
