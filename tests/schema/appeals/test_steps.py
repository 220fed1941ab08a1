"""The life of an appeal through the API: every step, and refusals as values that change nothing."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.model import Notice
from core.kernel.journal import JournalEntry
from core.region.tokens import demo_token
from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts
from tests.schema.attachments.proofs import attached_evidence
from tests.schema.conftest import Api

RESULT = """{ __typename ... on Appeal { state version body { key } outcome dueAt }
    ... on Refusal { code text clause { ref } } }"""


SENT: dict[str, Any] = {
    "signature": "HANDWRITTEN",
    "dispatch": {"way": "POST", "number": "реестр № 1"},
}
"""Signed and posted at once."""


async def step(api: Api, role: str | None, name: str, kind: str, /, **given: Any) -> Any:
    query = f"mutation($input: {kind}!) {{ {name}(input: $input) {RESULT} }}"
    return (await api.data(query, role, input=given))[name]


async def rows(api: Api) -> tuple[int, ...]:
    """What a refusal must not change."""
    return tuple(await counts(api.region, LedgerEntry, JournalEntry, Notice, Appeal))


@pytest.fixture
async def number(api: Api) -> str:
    return encode_id(await api.take())


@pytest.mark.clause("ru.1844/2.delivery-system", "fz59/12.2", "fz59/8.3")
async def test_from_acceptance_to_closing(api: Api, number: str) -> None:
    accepted = await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    assert (accepted["state"], accepted["body"]) == ("IN_WORK", {"key": "ministry"})
    prolonged = await step(
        api, "curator", "prolongAppeal", "ProlongInput", id=number, planDate="2026-04-20",
        reason="Нужна экспертиза", notice="Ответ будет позже",
    )  # fmt: skip
    assert prolonged["dueAt"] == "2026-04-20T18:59:59Z"
    answered = await step(
        api, "body-official", "answerAppeal", "AnswerInput", id=number, text="Яма заделана.",
        outcome="SOLVED", evidence=await attached_evidence(api.region, number),
        **SENT,
    )  # fmt: skip
    assert (answered["state"], answered["outcome"]) == ("ANSWERED", "SOLVED")
    closed = await step(api, "body-official", "closeAppeal", "StepInput", id=number)
    assert closed["state"] == "CLOSED"


async def test_handing_over(api: Api, number: str) -> None:
    given = {"id": number, "reason": "Не наше"}
    moved = await step(api, "body-head", "transferAppeal", "HandoverInput", body="office", **given)
    assert (moved["state"], moved["body"]) == ("ASSIGNED", {"key": "office"})
    refused = await step(api, "body-official", "returnAppeal", "ReasonedInput", **given)
    assert refused["code"] == "NOT_FOUND"
    queued = encode_id(await api.take(external_id="2", theme=None, addressee=None))
    routed = await step(
        api, "coordinator", "routeAppeal", "HandoverInput", id=queued, body="office", reason="Вам"
    )
    assert routed["body"] == {"key": "office"}
    stated = {"id": number, "statedOn": "2026-03-02", "reference": "вх. 7"}
    withdrawn = await step(api, "coordinator", "withdrawAppeal", "WithdrawInput", **stated)
    assert (withdrawn["state"], withdrawn["outcome"]) == ("CLOSED", "WITHDRAWN")


@pytest.mark.parametrize(
    ("role", "name", "kind", "given", "code"),
    [
        ("body-official", "closeAppeal", "StepInput", {}, "WRONG_STATE"),
        ("body-official", "acceptAppeal", "StepInput", {"expectedVersion": 0}, "STALE"),
        ("curator", "transferAppeal", "HandoverInput",
         {"body": "nowhere", "reason": "x"}, "UNKNOWN_BODY"),
        ("curator", "transferAppeal", "HandoverInput",
         {"body": "office", "reason": "  "}, "REASON_REQUIRED"),
        ("curator", "acceptAppeal", "StepInput", {}, "FORBIDDEN"),
        ("channel-adapter", "acceptAppeal", "StepInput", {}, "FORBIDDEN"),
        (None, "acceptAppeal", "StepInput", {}, "UNAUTHENTICATED"),
        ("body-official", "acceptAppeal", "StepInput", {"id": "Qm9keTox"}, "INVALID"),
        ("body-official", "acceptAppeal", "StepInput", {"id": "QXBwZWFsOjk5"}, "NOT_FOUND"),
    ],
)  # fmt: skip
async def test_a_refusal_is_a_value_and_changes_nothing(
    api: Api, number: str, role: str | None, name: str, kind: str, given: Any, code: str
) -> None:
    before = await rows(api)
    refused = await step(api, role, name, kind, **{"id": number, **given})
    assert (refused["__typename"], refused["code"]) == ("Refusal", code)
    assert await rows(api) == before


@pytest.mark.parametrize(
    ("role", "name", "kind", "given", "clause"),
    [
        ("curator", "acceptAppeal", "StepInput", {}, "tsur.practice/lifecycle.accept"),
        ("curator", "closeAppeal", "StepInput", {}, "tsur.practice/lifecycle.close"),
        (
            "body-official",
            "prolongAppeal",
            "ProlongInput",
            {"reason": "Нет", "planDate": "2026-04-01"},
            "fz59/12.2",
        ),
    ],
)
async def test_who_may_not_is_told_by_which_clause(
    api: Api, number: str, role: str, name: str, kind: str, given: Any, clause: str
) -> None:
    """Its guard refuses before the step is asked, and with the same clause; so do its `steps`."""
    refused = await step(api, role, name, kind, id=number, **given)
    assert (refused["code"], refused["clause"]) == ("FORBIDDEN", {"ref": clause})
    query = "query($id: ID!) { appeal(id: $id) { steps { mutation code clause { ref } } } }"
    offered = (await api.data(query, role, id=number))["appeal"]["steps"]
    (own,) = [one for one in offered if one["mutation"] == name]
    assert (own["code"], own["clause"]) == ("FORBIDDEN", {"ref": clause})


async def test_the_second_official_is_told(api: Api, number: str) -> None:
    query = "query($id: ID!) { appeal(id: $id) { version } }"
    version = (await api.data(query, "curator", id=number))["appeal"]["version"]
    given = {"id": number, "expectedVersion": version, "reason": "Вам", "body": "office"}
    first = await step(api, "curator", "transferAppeal", "HandoverInput", **given)
    second = await step(
        api, "coordinator", "transferAppeal", "HandoverInput", **{**given, "body": "ministry"}
    )
    assert first["body"] == {"key": "office"}
    assert second == {
        "__typename": "Refusal",
        "code": "STALE",
        "text": "Пока Вы работали, обращение изменил другой сотрудник.",
        "clause": None,
    }


async def test_two_steps_of_one_request_see_each_other(api: Api, number: str) -> None:
    query = """mutation($id: ID!) {
      a: acceptAppeal(input: {id: $id}) { ... on Appeal { ledger { fact } } }
      b: answerAppeal(input: {id: $id, text: "Разъясняем.", outcome: EXPLAINED,
                      signature: HANDWRITTEN, dispatch: {way: POST, number: "реестр № 1"}}) {
        ... on Appeal { ledger { fact } answers { text } } } }"""
    data = await api.data(query, "body-official", id=number)
    assert [entry["fact"] for entry in data["a"]["ledger"]][-1] == "ACCEPTED"
    assert [entry["fact"] for entry in data["b"]["ledger"]][-4:] == [
        "ACCEPTED", "DRAFTED", "SIGNED", "ANSWERED",
    ]  # fmt: skip
    assert data["b"]["answers"] == [{"text": "Разъясняем."}]


async def test_intake(api: Api) -> None:
    query = """mutation($input: TakeInInput!) { takeIn(input: $input) {
      ... on TakenIn { status number routed difference appeal { id } }
      ... on Refusal { code } } }"""

    async def taken(role: str, **given: Any) -> Any:
        full = {"channel": "letter", "externalId": "1", "text": "Яма", "theme": "roads", **given}
        return (await api.data(query, role, input=full))["takeIn"]

    first = await taken("channel-adapter", addressee="ministry")
    assert first == {
        "status": "ADDED", "number": "ПЛ-2026-000001", "routed": True, "difference": [],
        "appeal": None,
    }  # fmt: skip
    again = await taken("coordinator", addressee="ministry")
    assert (again["status"], bool(again["appeal"]["id"])) == ("KNOWN", True)
    other = await taken("coordinator", text="Другая яма")
    assert (other["status"], other["difference"]) == ("DIFFERING", ["text"])
    before = await rows(api)
    for given, code in (
        ({"channel": "smoke"}, "UNKNOWN_CHANNEL"),
        ({"theme": "magic"}, "UNKNOWN_THEME"),
        ({"municipality": "nowhere"}, "UNKNOWN_MUNICIPALITY"),
        ({"text": " "}, "TEXT_EMPTY"),
        ({"text": "я" * 20_001}, "TEXT_TOO_LONG"),
        ({"receivedAt": "2026-03-02T12:00:01Z"}, "DATE_OUT_OF_RANGE"),
        ({"receivedAt": "1999-12-31T23:59:59Z"}, "DATE_OUT_OF_RANGE"),
    ):
        assert await taken("coordinator", **{"externalId": "2", **given}) == {"code": code}
    assert await taken("curator", externalId="2") == {"code": "FORBIDDEN"}
    assert await rows(api) == before


async def test_personal_data_leave_a_trace(api: Api, number: str) -> None:
    query = """query($id: ID!, $why: String!) {
      appeal(id: $id) { applicant(purpose: $why) { name contact } } }"""
    data = await api.data(query, "body-official", id=number, why="Уточнить адрес")
    assert data["appeal"]["applicant"] == {
        "name": "Пробная Анна Ивановна",
        "contact": "anna@example.org",
    }
    journal = """query($id: ID!) { appeal(id: $id) { journal { name actor cause } } }"""
    last = (await api.data(journal, "curator", id=number))["appeal"]["journal"][-1]
    assert last == {
        "name": "applicant.read",
        "actor": "demo-body-official",
        "cause": "Уточнить адрес",
    }
    before = await rows(api)
    for role, why, code in (("body-official", " ", "REASON_REQUIRED"),):
        error = await api.error(query, role, id=number, why=why)
        assert error["extensions"]["code"] == code
    forbidden = await api.error(journal, "body-official", id=number)
    assert forbidden["extensions"] == {"code": "FORBIDDEN"}
    assert await rows(api) == before


async def test_a_certificate_is_verifiable(api: Api, number: str) -> None:
    query = "query($id: ID!) { appeal(id: $id) { deadline { certificate } } }"
    text = (await api.data(query, "curator", id=number))["appeal"]["deadline"]["certificate"]
    content = orjson.loads(text)
    assert content["region"] == "polygon"
    assert [due["rule"] for due in content["deadlines"] if due["governs"]] == ["accelerated"]


async def test_survey_and_dispute(api: Api, number: str, clock: FrozenClock) -> None:
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    await step(api, "body-official", "answerAppeal", "AnswerInput",
               id=number, text="Разъясняем.", outcome="EXPLAINED", **SENT)  # fmt: skip
    await step(api, "body-official", "closeAppeal", "StepInput", id=number)
    notices = await api.data('{ pendingNotices(channel: "letter", first: 9) { id kind text } }',
                             "notifier")  # fmt: skip
    survey = next(n for n in notices["pendingNotices"] if n["kind"] == "SURVEY")
    token = survey["text"].rpartition("/s/")[2]
    seen = await api.data("query($t: String!) { survey(token: $t) { closing mark } }", t=token)
    assert seen["survey"] == {"closing": 1, "mark": None}
    answer = """mutation($input: SurveyInput!) { answerSurvey(input: $input) {
      ... on Survey { mark } ... on Refusal { code } } }"""
    given = {"token": token, "mark": 1, "comment": "Плохо", "dispute": "Яма осталась"}
    assert (await api.data(answer, input=given))["answerSurvey"] == {"mark": 1}
    assert (await api.data(answer, input=given))["answerSurvey"] == {"mark": 1}
    better = {"token": token, "mark": 2}
    assert (await api.data(answer, input=better))["answerSurvey"] == {"code": "ALREADY_ANSWERED"}
    forged = {**given, "token": demo_token(api.region, "curator")}
    assert (await api.data(answer, input=forged))["answerSurvey"] == {"code": "LINK_INVALID"}
    disputes = """query($id: ID!) { appeal(id: $id) {
      state disputes { id reason upheld } surveys { comment } } }"""
    appeal = (await api.data(disputes, "curator", id=number))["appeal"]
    (dispute,) = appeal["disputes"]
    assert appeal["surveys"] == [{"comment": "Плохо"}]
    assert (dispute["reason"], dispute["upheld"]) == ("Яма осталась", None)
    judged = await step(api, "curator", "judgeDispute", "JudgeInput",
                        dispute=dispute["id"], upheld=True, verdict="Заявитель прав")  # fmt: skip
    assert judged["state"] == "IN_WORK"
    confirm = """mutation($ids: [ID!]!) { confirmNotices(input: {ids: $ids}) {
      ... on ConfirmedNotices { notices { sentAt } } ... on Refusal { code } } }"""
    sent = await api.data(confirm, "notifier", ids=[survey["id"]])
    assert sent["confirmNotices"] == {"notices": [{"sentAt": "2026-03-02T12:00:00Z"}]}
    missing = await api.data(confirm, "notifier", ids=["Tm90aWNlOjk5OQ=="])
    assert missing["confirmNotices"] == {"code": "NOT_FOUND"}


async def test_duplicates(api: Api, number: str) -> None:
    other = encode_id(await api.take(external_id="2"))
    proposals = """mutation($id: ID!) { proposeDuplicates(input: {id: $id}) {
      ... on Proposals { proposals { appeal { externalId } score } } } }"""
    found = (await api.data(proposals, "coordinator", id=number))["proposeDuplicates"]
    assert [p["appeal"]["externalId"] for p in found["proposals"]] == ["2"]
    join = """mutation($ids: [ID!]!) { joinAppeals(input: {ids: $ids, reason: "Та же яма"}) {
      ... on Cluster { id appeals { externalId } } ... on Refusal { code } } }"""
    joined = (await api.data(join, "coordinator", ids=[number, other]))["joinAppeals"]
    assert [appeal["externalId"] for appeal in joined["appeals"]] == ["п-1", "2"]
    assert (await api.data(join, "coordinator", ids=[number]))["joinAppeals"] == {"code": "INVALID"}
    node = "query($id: ID!) { node(id: $id) { __typename ... on Cluster { openedAt } } }"
    assert await api.data(node, "coordinator", id=joined["id"]) == {
        "node": {"__typename": "Cluster", "openedAt": "2026-03-02T12:00:00Z"}
    }
    given = {"id": other, "reason": "Другая"}
    parted = await step(api, "coordinator", "splitAppeal", "ReasonedInput", **given)
    assert parted["__typename"] == "Appeal"
    query = "query($id: ID!) { appeal(id: $id) { cluster { id } } }"
    assert (await api.data(query, "coordinator", id=other))["appeal"] == {"cluster": None}
