"""Leaving an appeal without an answer through the API, and reading why."""

from __future__ import annotations

from typing import Any

import pytest

from core.kernel.access import system
from schema.graphql.ids import encode_id
from tests.fixtures.actors import appoint
from tests.schema.appeals.test_steps import rows, step
from tests.schema.conftest import Api

EARLIER = [{"number": "А-11", "on": "2025-05-05"}, {"number": "А-12", "on": "2025-09-08"}]
ENDED = {"question": "ремонте улицы", "earlier": EARLIER, "decision": "7-р"}
CONCLUSIONS = """query($id: ID!) { appeal(id: $id) { conclusions {
    outcome decidedBy clause { ref } body { key }
    proof { question decision page earlier { number on } } } } }"""


async def leave(api: Api, role: str, number: str, outcome: str, **proof: Any) -> Any:
    kind = "LeaveUnansweredInput"
    return await step(api, role, "leaveUnanswered", kind, id=number, outcome=outcome, **proof)


@pytest.fixture
async def number(api: Api) -> str:
    number = encode_id(await api.take())
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    return number


@pytest.mark.clause("fz59/11.5")
async def test_the_head_ends_correspondence(api: Api, number: str) -> None:
    ended = await leave(api, "body-head", number, "CORRESPONDENCE_ENDED", **ENDED)
    assert (ended["state"], ended["outcome"], ended["dueAt"]) == (
        "CLOSED",
        "CORRESPONDENCE_ENDED",
        None,
    )
    (told,) = (await api.data(CONCLUSIONS, "body-head", id=number))["appeal"]["conclusions"]
    assert told == {
        "outcome": "CORRESPONDENCE_ENDED",
        "decidedBy": "Руководитель органа Проверочный demo-body-head",
        "clause": {"ref": "fz59/11.5"},
        "body": {"key": "ministry"},
        "proof": {
            "question": "ремонте улицы",
            "decision": "7-р",
            "page": None,
            "earlier": EARLIER,
        },
    }
    async with api.region.work(system()) as work:
        await appoint(work, "executor", subject="demo-executor")
    (told,) = (await api.data(CONCLUSIONS, "executor", id=number))["appeal"]["conclusions"]
    assert (told["outcome"], told["proof"]) == ("CORRESPONDENCE_ENDED", None)


@pytest.mark.clause("fz59/11.5", "fz59/11.6")
@pytest.mark.parametrize(
    ("role", "outcome", "proof", "code", "clause"),
    [
        ("body-official", "CORRESPONDENCE_ENDED", ENDED, "FORBIDDEN", "fz59/11.5"),
        ("body-official", "SECRET", {}, "PROOF_REQUIRED", "fz59/11.6"),
        ("body-official", "SOLVED", {}, "NOT_PROVIDED", "fz59/11"),
    ],
)
async def test_a_refusal_changes_nothing(
    api: Api, number: str, role: str, outcome: str, proof: dict[str, Any], code: str, clause: str
) -> None:
    before = await rows(api)
    refused = await leave(api, role, number, outcome, **proof)
    assert (refused["code"], refused["clause"]["ref"]) == (code, clause)
    assert await rows(api) == before


@pytest.mark.clause("fz59/11")
async def test_no_answer_is_called_by_such_an_outcome(api: Api, number: str) -> None:
    before = await rows(api)
    given = {"id": number, "text": "Ответа не будет.", "outcome": "ABUSIVE"}
    refused = await step(api, "body-official", "answerAppeal", "AnswerInput", **given)
    assert refused["code"] == "PROOF_REQUIRED"
    assert await rows(api) == before


@pytest.mark.clause("fz59/10.4")
@pytest.mark.parametrize(
    ("channel", "ways"), [("letter", ["POST", "IN_PERSON"]), ("portal", ["ELECTRONIC"])]
)
async def test_the_ways_of_an_answer(api: Api, channel: str, ways: list[str]) -> None:
    number = encode_id(await api.take(channel=channel))
    query = "query($id: ID!) { appeal(id: $id) { answerWays } }"
    assert await api.data(query, "curator", id=number) == {"appeal": {"answerWays": ways}}
