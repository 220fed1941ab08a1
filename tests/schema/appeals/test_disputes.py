"""Objections over the API: a new appeal that disputes, what waits for a judge, the verdict."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.directory.model import Person
from schema.graphql.ids import encode_id
from tests.fixtures.clock import FrozenClock
from tests.fixtures.links import last_token
from tests.schema.appeals.test_steps import SENT, rows, step
from tests.schema.conftest import Api

TAKE_IN = """mutation($input: TakeInInput!) { takeIn(input: $input) {
  ... on TakenIn { status number appeal { id disputed { number } signatories dueAt } }
  ... on Refusal { code text clause { ref } } } }"""
PENDING = """query($late: Boolean) { pendingDisputes(late: $late) {
  appeal { number state } dispute { id dueAt overdue withdrawnAt upheld } } }"""
OBJECTION = {
    "channel": "letter",
    "externalId": "п-2",
    "text": "Яма на месте.",
    "theme": "roads",
    "signatories": 12,
}


@pytest.fixture
async def answered(api: Api) -> tuple[str, str]:
    """The id and the number of a case that was answered."""
    appeal = await api.take()
    number = encode_id(appeal)
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    await step(api, "body-official", "answerAppeal", "AnswerInput",
               id=number, text="Разъясняем.", outcome="EXPLAINED", **SENT)  # fmt: skip
    return number, appeal.number


async def take_in(api: Api, **changes: Any) -> Any:
    return (await api.data(TAKE_IN, "coordinator", input={**OBJECTION, **changes}))["takeIn"]


async def test_a_new_appeal_disputes_and_resumes(
    api: Api, answered: tuple[str, str], clock: FrozenClock
) -> None:
    old, number = answered
    new = await take_in(api, disputes=number)
    assert (new["appeal"]["disputed"], new["appeal"]["signatories"]) == ({"number": number}, 12)
    clock.forward(days=31)
    assert (await api.data(PENDING, "curator", late=False))["pendingDisputes"] == []
    (waits,) = (await api.data(PENDING, "curator"))["pendingDisputes"]
    dispute = waits["dispute"]
    assert waits["appeal"] == {"number": number, "state": "DISPUTED"}
    assert (dispute["dueAt"], dispute["overdue"]) == ("2026-04-01T18:59:59Z", True)
    judged = await step(api, "curator", "judgeDispute", "JudgeInput",
                        dispute=dispute["id"], upheld=True, verdict="Заявитель прав")  # fmt: skip
    assert (judged["state"], judged["dueAt"]) == ("IN_WORK", new["appeal"]["dueAt"])
    query = """query($id: ID!) { appeal(id: $id) { disputes { upheld overdue dueAt withdrawnAt }
      deadline { all { key governs } } } }"""
    appeal = (await api.data(query, "curator", id=old))["appeal"]
    assert appeal["disputes"] == [
        {
            "upheld": True,
            "overdue": True,
            "dueAt": "2026-04-01T18:59:59Z",
            "withdrawnAt": None,
        }
    ]
    governing = [due["key"] for due in appeal["deadline"]["all"] if due["governs"]]
    assert governing == ["resumed"]


async def test_refusals_write_nothing(api: Api, answered: tuple[str, str]) -> None:
    _, number = answered
    await api.take(external_id="п-7")
    before = await rows(api)
    for changes, code, clause in (
        ({"disputes": "нет-такого"}, "NOT_FOUND", None),
        ({"disputes": number, "complainedBody": "нет-такого"}, "INVALID", {"ref": "fz59/8.6"}),
        ({"disputes": number, "signatories": 0}, "INVALID", None),
    ):
        refusal = await take_in(api, **changes)
        assert (refusal["code"], refusal["clause"]) == (code, clause)
    assert await rows(api) == before


async def test_who_judges_nothing_is_refused(api: Api) -> None:
    error = await api.error(PENDING, "body-official")
    assert error["extensions"]["code"] == "FORBIDDEN"


async def test_why_no_term_runs_is_told(api: Api, answered: tuple[str, str]) -> None:
    number, _ = answered
    query = "query($id: ID!) { appeal(id: $id) { noTermReason { code words clause { ref } } } }"
    reason = (await api.data(query, "curator", id=number))["appeal"]["noTermReason"]
    assert reason == {"code": "ANSWERED", "words": "ответ дан", "clause": {"ref": "fz59/12.1"}}
    open_case = encode_id(await api.take(external_id="п-8"))
    appeal = (await api.data(query, "curator", id=open_case))["appeal"]
    assert appeal["noTermReason"] is None


WORDS = """query($id: ID!) { appeal(id: $id) { mark surveys { mark comment }
  disputes { reason verdict upheld } } }"""
SAY = """mutation($input: SurveyInput!) { answerSurvey(input: $input) {
  __typename ... on Refusal { code text } } }"""


@pytest.mark.clause("fz59/8.6", "fz59/6.2")
async def test_the_official_complained_of_reads_and_judges_no_opinion_of_the_answer(
    api: Api, answered: tuple[str, str]
) -> None:
    """Of a complaint about him he has the mark and that there is a dispute, not the words."""
    number, _ = answered
    await step(api, "body-official", "closeAppeal", "StepInput", id=number)
    said = {"mark": 1, "comment": "Мне нагрубили", "dispute": "Ответ не о том"}
    told = await api.data(SAY, input={"token": await last_token(api.region), **said})
    assert "code" not in told["answerSurvey"]
    async with api.region.database.reading() as session:
        query = select(Person).where(Person.subject == "demo-curator")
        person = encode_id((await session.scalars(query)).one())
    (waits,) = (await api.data(PENDING, "curator"))["pendingDisputes"]
    open_to_him = (await api.data(WORDS, "curator", id=number))["appeal"]
    named = await step(api, "coordinator", "nameOfficial", "OfficialInput",
                       id=number, person=person, reason="жалоба на него")  # fmt: skip
    assert named["__typename"] == "Appeal"
    closed_to_him = (await api.data(WORDS, "curator", id=number))["appeal"]
    open_to_others = (await api.data(WORDS, "coordinator", id=number))["appeal"]
    for found, comment, reason in (
        (open_to_him, "Мне нагрубили", "Ответ не о том"),
        (open_to_others, "Мне нагрубили", "Ответ не о том"),
        (closed_to_him, None, None),
    ):
        assert found == {
            "mark": 1,
            "surveys": [{"mark": 1, "comment": comment}],
            "disputes": [{"reason": reason, "verdict": None, "upheld": None}],
        }
    refused = await step(api, "curator", "judgeDispute", "JudgeInput",
                         dispute=waits["dispute"]["id"], upheld=False, verdict="Верно")  # fmt: skip
    assert (refused["code"], refused["clause"]) == ("OFFICIAL_COMPLAINED_OF", {"ref": "fz59/8.6"})
