"""Notices through the API: for whoever sends them, for whoever signs, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.rules.intake import Identification
from core.kernel.journal import JournalEntry
from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import step
from tests.schema.conftest import Api

PENDING = """{ pendingNotices(channel: "portal") {
  id kind subject text attachments dueAt state recipient { name address }
  appeal { id number externalId } } }"""
CASE = """query($id: ID!) { appeal(id: $id) { state undelivered
  notices {
    id kind channel subject state stateAt writtenAt sendAt sentAt reason attempts number
    nextSteps replaced } } }"""
TROUBLED = "{ troubledNotices { notice { id state reason nextSteps } appeal { id } } }"
REPORT = """mutation($input: ReportNoticesInput!) { reportNotices(input: $input) {
  ... on ConfirmedNotices { notices { id state } } ... on Refusal { code } } }"""
CONFIRM = """mutation($input: ConfirmNoticesInput!) { confirmNotices(input: $input) {
  __typename } }"""
ANOTHER = """mutation($input: AnotherWayInput!) { sendNoticeAnotherWay(input: $input) {
  ... on CaseNotice { state number } ... on Refusal { code } } }"""
DISCLOSURES = "query($id: ID!) { answerDisclosures(id: $id) { kind start end text } }"


@pytest.fixture
async def number(api: Api) -> str:
    """A signed answer that waits to leave for the portal."""
    appeal = await api.take(channel="portal", identified_by=Identification.EPGU)
    number = encode_id(appeal)
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    text = "Забор поставил Иванов Пётр Сергеевич."
    given = {"id": number, "text": text, "outcome": "EXPLAINED"}
    await step(api, "body-official", "answerAppeal", "AnswerInput", **given)
    return number


async def send(api: Api, number: str) -> None:
    await step(api, "body-head", "signAnswer", "SignInput", id=number, signature="QUALIFIED")
    electronic = {"way": "ELECTRONIC"}
    await step(api, "body-official", "sendAnswer", "SendInput", id=number, dispatch=electronic)


async def pending(api: Api) -> Any:
    return (await api.data(PENDING, "notifier"))["pendingNotices"]


async def notices(api: Api, number: str) -> Any:
    return (await api.data(CASE, "body-head", id=number))["appeal"]["notices"]


async def report(api: Api, notice: str, state: str, **more: Any) -> Any:
    given = {"reports": [{"id": notice, "state": state, **more}]}
    return (await api.data(REPORT, "notifier", input=given))["reportNotices"]


@pytest.mark.clause("tsur.practice/lifecycle.deliver", "fz59/6.2")
async def test_a_notice_waits_leaves_and_comes_back(
    api: Api, number: str, clock: FrozenClock
) -> None:
    await send(api, number)
    assert await pending(api) == []
    (waiting,) = await notices(api, number)
    assert (waiting["state"], waiting["sendAt"]) == ("WRITTEN", "2026-03-02T12:05:00Z")
    clock.forward(minutes=5)
    (letter,) = await pending(api)
    appeal = (await api.data("query($id: ID!) { appeal(id: $id) { number dueAt } }", "curator",
                             id=number))["appeal"]  # fmt: skip
    assert letter["appeal"] == {"id": number, "number": appeal["number"], "externalId": "п-1"}
    assert letter["recipient"] == {"name": "Пробная Анна Ивановна", "address": "anna@example.org"}
    assert letter["subject"] == f"Ответ на обращение № {appeal['number']}"
    assert "Иванов" in letter["text"]
    assert (letter["attachments"], letter["dueAt"]) == ([], appeal["dueAt"])
    async with api.region.database.reading() as session:
        looks = select(JournalEntry.actor).where(JournalEntry.name == "notice.released")
        assert list(await session.scalars(looks)) == ["demo-notifier"]
    confirm = (
        "mutation($input: ConfirmNoticesInput!) { confirmNotices(input: $input) { __typename } }"
    )
    await api.data(confirm, "notifier", input={"ids": [letter["id"]]})
    assert await pending(api) == []
    (handed,) = await notices(api, number)
    assert (handed["state"], handed["nextSteps"]) == ("HANDED", [])
    assert await report(api, letter["id"], "WRITTEN") == {"code": "INVALID"}
    assert await report(api, letter["id"], "RETURNED", status="Анна") == {"code": "INVALID"}
    told = await report(api, letter["id"], "RETURNED", status="5.2.2")
    assert told == {"notices": [{"id": letter["id"], "state": "RETURNED"}]}
    (row,) = (await api.data(TROUBLED, "body-head"))["troubledNotices"]
    assert row == {
        "notice": {"id": letter["id"], "state": "RETURNED", "nextSteps": ["ADDRESS", "PAPER"],
                   "reason": "почтовый ящик переполнен (5.2.2)"},
        "appeal": {"id": number},
    }  # fmt: skip
    paper = {"notice": letter["id"], "dispatch": {"way": "POST", "number": "РПО 1"}}
    anew = (await api.data(ANOTHER, "body-official", input=paper))["sendNoticeAnotherWay"]
    assert anew == {"state": "HANDED", "number": "РПО 1"}
    assert (await api.data(TROUBLED, "body-head"))["troubledNotices"] == []
    assert [one["replaced"] for one in await notices(api, number)] == [True, False]
    again = (await api.data(ANOTHER, "body-official", input=paper))["sendNoticeAnotherWay"]
    assert again == {"code": "NOT_FOUND"}


@pytest.mark.clause("tsur.practice/lifecycle.draft")
async def test_the_signer_takes_it_back_and_no_clock_has_stopped(
    api: Api, number: str, clock: FrozenClock
) -> None:
    await send(api, number)
    twice = await step(api, "body-official", "sendAnswer", "SendInput", id=number,
                       dispatch={"way": "ELECTRONIC"})  # fmt: skip
    assert twice["code"] == "WRONG_STATE"
    reason = {"id": number, "reason": "назван сосед"}
    back = await step(api, "body-head", "recallAnswer", "ReasonedInput", **reason)
    assert (back["state"], back["outcome"]) == ("IN_WORK", None)
    clock.forward(minutes=5)
    assert await pending(api) == []
    unsigned = await step(api, "body-official", "sendAnswer", "SendInput", id=number,
                          dispatch={"way": "ELECTRONIC"})  # fmt: skip
    assert unsigned["code"] == "NOT_SIGNED"
    await send(api, number)
    clock.forward(minutes=5)
    (letter,) = await pending(api)
    await report(api, letter["id"], "CONFIRMED")
    late = await step(api, "body-head", "recallAnswer", "ReasonedInput", **reason)
    assert late["code"] == "WRONG_STATE"
    assert [one["state"] for one in await notices(api, number)] == ["RECALLED", "CONFIRMED"]


async def test_on_the_last_day_of_its_term_an_answer_does_not_wait(
    api: Api, number: str, clock: FrozenClock
) -> None:
    due = "query($id: ID!) { appeal(id: $id) { dueAt } }"
    last = (await api.data(due, "curator", id=number))["appeal"]["dueAt"]
    assert last == "2026-04-01T18:59:59Z"
    clock.at(2026, 4, 1, 5)
    await send(api, number)
    assert len(await pending(api)) == 1


async def test_what_an_answer_says_of_others_is_shown_before_it_leaves(
    api: Api, number: str
) -> None:
    found = (await api.data(DISCLOSURES, "body-head", id=number))["answerDisclosures"]
    assert found == [{"kind": "NAME", "start": 15, "end": 36, "text": "Иванов Пётр Сергеевич"}]


@pytest.mark.parametrize(
    ("query", "role"),
    [
        (PENDING, "body-head"),
        (TROUBLED, "notifier"),
        ("{ pendingNotices(channel: \"portal\") { recipient { name } } }", "curator"),
    ],
)  # fmt: skip
async def test_nobody_else_is_told(api: Api, number: str, query: str, role: str) -> None:
    assert (await api.error(query, role))["extensions"]["code"] == "FORBIDDEN"
