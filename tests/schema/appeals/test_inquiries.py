"""Asking a body for facts, counting what came of cases, and templates, over the API."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from tests.fixtures.actors import appoint
from tests.schema.conftest import Api

ASK = """
mutation Ask($input: AskInput!) {
  askBody(input: $input) {
    ... on Inquiry { appealId number seq question dueAt body { key } }
    ... on Refusal { code clause { ref } }
  }
}
"""
WAITING = "{ inquiries { seq question } }"
SUPPLY = """
mutation Supply($input: SupplyInput!) {
  supplyFacts(input: $input) { ... on Inquiry { seq } ... on Refusal { code } }
}
"""
COUNTS = """
{ appealCounts(by: [THEME]) {
    group { key } total overdue answered solved reworked marks meanMark } }
"""


@pytest.mark.clause("fz59/10.2")
async def test_a_body_is_asked_and_replies(api: Api) -> None:
    appeal = await api.take()
    async with api.region.work(system()) as work:
        agency = Body(key="agency", name="Агентство", kind="executive")
        work.session.add(agency)
        await work.session.flush()
        await appoint(work, "body-official", body_id=agency.id, subject="demo-agency")
    number = await api.id_of(appeal)
    asked = {"id": number, "body": "agency", "question": "Чья это дорога?"}
    inquiry = (await api.data(ASK, "coordinator", input=asked))["askBody"]
    assert inquiry == {
        "appealId": number,
        "number": appeal.number,
        "seq": 4,
        "question": "Чья это дорога?",
        "dueAt": "2026-03-17T18:59:59Z",
        "body": {"key": "agency"},
    }
    assert await api.data(WAITING, "agency") == {
        "inquiries": [{"seq": 4, "question": "Чья это дорога?"}]
    }
    assert await api.data(WAITING, "body-official") == {"inquiries": []}
    reply = {"id": number, "seq": 4, "reply": "Дорога муниципальная."}
    assert await api.data(SUPPLY, "body-official", input=reply) == {
        "supplyFacts": {"code": "NOT_FOUND"}
    }
    assert await api.data(SUPPLY, "agency", input=reply) == {"supplyFacts": {"seq": 4}}
    assert await api.data(WAITING, "agency") == {"inquiries": []}


async def test_counts_tell_what_came_of_the_cases(api: Api) -> None:
    await api.take()
    assert await api.data(COUNTS, "curator") == {
        "appealCounts": [
            {
                "group": [{"key": "roads"}],
                "total": 1,
                "overdue": 0,
                "answered": 0,
                "solved": 0,
                "reworked": 0,
                "marks": 0,
                "meanMark": None,
            }
        ]
    }


WRITE = """
mutation Write($input: TemplateInput!) {
  writeAnswerTemplate(input: $input) {
    ... on AnswerTemplate { id theme title text retiredAt }
    ... on Refusal { code }
  }
}
"""
RETIRE = """
mutation Retire($input: RetireInput!) {
  retireAnswerTemplate(input: $input) {
    ... on AnswerTemplate { title retiredAt } ... on Refusal { code }
  }
}
"""
LIST = '{ answerTemplates(theme: "roads") { title } }'
DRAFT = """
query Draft($template: ID!, $appeal: ID!) { draftAnswer(template: $template, appeal: $appeal) }
"""
CONTENT = {"theme": "roads", "title": "О дорогах", "text": "На обращение {номер}: отвечаем."}


@pytest.mark.clause("kursk.958/pol.4.2.1.2")
async def test_a_template_is_written_used_and_retired(api: Api, of_kursk: Api) -> None:
    template = (await of_kursk.data(WRITE, "head", input=CONTENT))["writeAnswerTemplate"]
    assert {key: template[key] for key in CONTENT} == CONTENT
    assert await of_kursk.data(LIST, "body-official") == {
        "answerTemplates": [{"title": "О дорогах"}]
    }
    appeal = await of_kursk.take(addressee="committee-transport-roads")
    numbers = {"template": template["id"], "appeal": await of_kursk.id_of(appeal)}
    assert await of_kursk.data(DRAFT, "body-official", **numbers) == {
        "draftAnswer": f"На обращение {appeal.number}: отвечаем."
    }
    retired = await of_kursk.data(RETIRE, "head", input={"id": template["id"]})
    assert retired["retireAnswerTemplate"]["retiredAt"] == "2026-03-02T12:00:00Z"
    assert await of_kursk.data(LIST, "body-official") == {"answerTemplates": []}
    refused = await of_kursk.error(DRAFT, "body-official", **numbers)
    assert refused["extensions"]["code"] == "NOT_FOUND"


async def test_where_the_act_has_none_there_are_none(api: Api) -> None:
    answer = await api.data(WRITE, "administrator", input=CONTENT)
    assert answer == {"writeAnswerTemplate": {"code": "NOT_FOUND"}}


@pytest.fixture
async def of_kursk(api: Api, kursk: Region) -> Api:
    """Kursk behind the same server, with a head of the centre and an official of a committee."""
    async with kursk.work(system()) as work:
        query = select(Body.id).where(Body.key == "committee-transport-roads")
        committee = (await work.session.scalars(query)).one()
        await appoint(work, "body-official", body_id=committee, subject="demo-body-official")
        await appoint(work, "head", subject="demo-head")
    return Api(kursk, api.http)
