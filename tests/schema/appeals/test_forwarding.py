"""Where a case went, as the API tells it: registrations, terms of each body, copies, returns."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.model import Appeal
from core.directory.model import Body, Person, Position
from core.kernel.access import system
from schema.graphql.ids import encode_id, global_id
from tests.fixtures.actors import appoint
from tests.fixtures.answers import empowered
from tests.fixtures.clock import FrozenClock
from tests.fixtures.jobs import worked_off
from tests.schema.appeals.test_steps import SENT, rows, step
from tests.schema.conftest import Api

TERMS = """query($id: ID!) { appeal(id: $id) {
    registrations { seq at number presumed body { key } }
    deadline { all { key name track ordinal relieved dueAt body { key } } } } }"""


@pytest.fixture
async def number(api: Api) -> str:
    """A case of the ministry, beside which there is an agency with an official."""
    async with api.region.work(system()) as work:
        agency = Body(key="agency", name="Агентство", kind="executive")
        work.session.add(agency)
        await work.session.flush()
        official = await appoint(work, "body-official", body_id=agency.id, subject="demo-agency")
        await empowered(work, official, agency.id)
    return encode_id(await api.take())


async def accepted(api: Api, number: str) -> None:
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)


@pytest.mark.clause("fz59/8.2", "fz59/8.3", "fz59/12.1")
async def test_each_registration_and_its_terms_are_told(
    api: Api, number: str, clock: FrozenClock
) -> None:
    await accepted(api, number)
    clock.forward(days=2)
    given: dict[str, Any] = {"id": number, "body": "agency", "reason": "Не наше"}
    await step(api, "body-head", "transferAppeal", "HandoverInput", **given)
    clock.forward(days=1)
    done = await step(
        api, "agency", "registerForwarded", "RegisterInput", id=number, ownNumber="А-17"
    )
    assert done["state"] == "ASSIGNED"
    told = (await api.data(TERMS, "curator", id=number))["appeal"]
    assert told["registrations"] == [
        {"seq": 2, "at": "2026-03-02T12:00:00Z", "number": None, "presumed": False,
         "body": {"key": "ministry"}},
        {"seq": 6, "at": "2026-03-05T12:00:00Z", "number": "А-17", "presumed": False,
         "body": {"key": "agency"}},
    ]  # fmt: skip
    terms = [due for due in told["deadline"]["all"] if due["key"] in ("answer", "accelerated")]
    assert [(d["track"], d["ordinal"], d["relieved"], d["dueAt"], d["body"]) for d in terms] == [
        ("MECHANISM", 1, False, "2026-04-01T18:59:59Z", None),
        ("STATUTE", 1, True, "2026-04-01T18:59:59Z", {"key": "ministry"}),
        ("STATUTE", 2, False, "2026-04-04T18:59:59Z", {"key": "agency"}),
    ]


@pytest.mark.parametrize(
    ("role", "given", "code"),
    [
        ("agency", {"ownNumber": " "}, "INVALID"),
        ("agency", {"ownNumber": "А-1", "on": "2026-02-01"}, "DATE_OUT_OF_RANGE"),
        ("body-official", {"ownNumber": "А-1"}, "NOT_FOUND"),
        ("curator", {"ownNumber": "А-1"}, "FORBIDDEN"),
    ],
)
async def test_a_refused_registration_changes_nothing(
    api: Api, number: str, role: str, given: dict[str, Any], code: str
) -> None:
    moved = {"id": number, "body": "agency", "reason": "Не наше"}
    await step(api, "body-head", "transferAppeal", "HandoverInput", **moved)
    before = await rows(api)
    refused = await step(api, role, "registerForwarded", "RegisterInput", id=number, **given)
    assert refused["code"] == code
    assert await rows(api) == before


GONE = """query($id: ID!) { appeal(id: $id) {
    copies { body { key } question } copiedFrom { id } complainedOfficial { subject }
    askedResults { asker { key } of { key } givenAt } } }"""


@pytest.mark.clause("fz59/8.4", "fz59/8.5")
async def test_copies_are_sent_and_told(api: Api, number: str) -> None:
    await accepted(api, number)
    copies = [{"body": "agency", "question": "о мосте"}, {"body": "office", "question": "о свете"}]
    given: dict[str, Any] = {"id": number, "copies": copies, "results": True}
    sent = await step(api, "body-head", "copyAppeal", "CopiesInput", **given)
    assert (sent["state"], sent["body"]) == ("IN_WORK", {"key": "ministry"})
    await worked_off(api.region, "appeals.copy")
    async with api.region.database.reading() as session:
        found = select(Appeal).where(Appeal.external_id == "п-1/agency")
        copy = encode_id((await session.scalars(found)).one())
    told = (await api.data(GONE, "curator", id=number))["appeal"]
    assert told["copies"] == [
        {"body": {"key": "agency"}, "question": "о мосте"},
        {"body": {"key": "office"}, "question": "о свете"},
    ]
    assert (told["copiedFrom"], told["askedResults"]) == (None, [])
    theirs = (await api.data(GONE, "curator", id=copy))["appeal"]
    assert (theirs["copiedFrom"], theirs["copies"]) == ({"id": number}, [])
    assert theirs["askedResults"] == [
        {"asker": {"key": "ministry"}, "of": {"key": "agency"}, "givenAt": None}
    ]
    await step(api, "agency", "acceptAppeal", "StepInput", id=copy)
    await step(
        api, "agency", "answerAppeal", "AnswerInput", id=copy, text="Разъяснено.",
        outcome="EXPLAINED", **SENT,
    )  # fmt: skip
    await step(api, "agency", "giveResults", "ResultsInput", id=copy, results="Разъяснено")
    theirs = (await api.data(GONE, "curator", id=copy))["appeal"]
    assert theirs["askedResults"][0]["givenAt"] == "2026-03-02T12:00:00Z"
    told = "{ resultsGiven { appealId results givenAt } }"
    assert await api.data(told, "body-official") == {
        "resultsGiven": [
            {"appealId": copy, "results": "Разъяснено", "givenAt": "2026-03-02T12:00:00Z"}
        ]
    }
    assert await api.data(told, "agency") == {"resultsGiven": []}
    assert (await api.error(told, "channel-adapter"))["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.clause("fz59/8.7", "fz59/11.2", "fz59/8.3.1")
async def test_what_is_returned_and_what_goes_to_two(api: Api, number: str) -> None:
    complaint = encode_id(await api.take(external_id="2", complained_body="ministry"))
    returned = await step(
        api, "coordinator", "sendBack", "SendBackInput", id=complaint, complainedOf="бездействие"
    )
    assert (returned["state"], returned["outcome"]) == ("CLOSED", "SENT_BACK")
    judged = await step(
        api, "body-head", "returnCourtDecision", "CourtDecisionInput", id=number,
        decision="Районный суд, № 2-1", order="жалоба через этот суд",
    )  # fmt: skip
    assert (judged["state"], judged["outcome"]) == ("CLOSED", "COURT_DECISION")
    async with api.region.work(system()) as work:
        governor = Body(key="governor", name="Губернатор", kind="executive")
        work.session.add_all([Body(key="police", name="УМВД", kind="state"), governor])
        await work.session.flush()
        rank = "highest-official"
        work.session.add(Position(body_id=governor.id, name="Губернатор", rank=rank))
    migration = encode_id(await api.take(external_id="3", theme="migration"))
    await accepted(api, migration)
    moved = await step(
        api, "body-head", "forwardMigration", "MigrationInput", id=migration,
        interior="police", highest="governor", reason="незаконная занятость",
    )  # fmt: skip
    assert moved["body"] == {"key": "governor"}


@pytest.mark.clause("fz59/8.6")
async def test_the_body_complained_of_is_named_later_and_has_it_no_more(
    api: Api, number: str
) -> None:
    await accepted(api, number)
    given: dict[str, Any] = {"id": number, "body": "ministry", "reason": "жалоба на него"}
    forbidden = await step(api, "body-head", "nameBody", "ComplainedBodyInput", **given)
    assert forbidden["code"] == "FORBIDDEN"
    done = await step(api, "coordinator", "nameBody", "ComplainedBodyInput", **given)
    assert (done["state"], done["body"]) == ("QUEUED", None)
    back = await step(api, "coordinator", "routeAppeal", "HandoverInput", **given)
    assert (back["code"], back["clause"]) == ("BODY_COMPLAINED_OF", {"ref": "fz59/8.6"})


@pytest.mark.clause("fz59/8.6")
async def test_the_official_complained_of_is_named_and_kept_out(api: Api, number: str) -> None:
    async with api.region.database.reading() as session:
        query = select(Person).where(Person.subject == "demo-body-official")
        person = encode_id((await session.scalars(query)).one())
    given: dict[str, Any] = {"id": number, "person": person, "reason": "жалоба на него"}
    done = await step(api, "coordinator", "nameOfficial", "OfficialInput", **given)
    assert done["__typename"] == "Appeal"
    told = (await api.data(GONE, "curator", id=number))["appeal"]
    assert told["complainedOfficial"] == {"subject": "demo-body-official"}
    before = await rows(api)
    refused = await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    assert (refused["code"], refused["clause"]) == ("OFFICIAL_COMPLAINED_OF", {"ref": "fz59/8.6"})
    again = await step(api, "coordinator", "nameOfficial", "OfficialInput", **given)
    assert again["code"] == "INVALID"
    forbidden = await step(api, "body-head", "nameOfficial", "OfficialInput", **given)
    assert forbidden["code"] == "FORBIDDEN"
    assert await rows(api) == before


@pytest.mark.parametrize(
    ("name", "kind", "given", "code"),
    [
        ("copyAppeal", "CopiesInput", {"copies": []}, "INVALID"),
        ("giveResults", "ResultsInput", {"results": "нет"}, "WRONG_STATE"),
        ("sendBack", "SendBackInput", {"complainedOf": "отказ"}, "INVALID"),
        ("returnCourtDecision", "CourtDecisionInput", {"decision": "", "order": "x"},
         "REASON_REQUIRED"),
        ("forwardMigration", "MigrationInput",
         {"interior": "office", "highest": "agency", "reason": "x"}, "NOT_PROVIDED"),
    ],
)  # fmt: skip
async def test_what_is_refused_changes_nothing(
    api: Api, number: str, name: str, kind: str, given: dict[str, Any], code: str
) -> None:
    before = await rows(api)
    role = "body-official" if name == "giveResults" else "curator"
    refused = await step(api, role, name, kind, id=number, **given)
    assert refused["code"] == code
    assert await rows(api) == before


TAKE = """mutation($input: TakeInInput!) { takeIn(input: $input) {
    ... on TakenIn { status routed appeal { complainedOfficial { subject } state } }
    ... on Refusal { code } } }"""


@pytest.mark.clause("fz59/8.6")
async def test_the_official_is_named_as_the_complaint_comes_in(api: Api, number: str) -> None:
    async with api.region.database.reading() as session:
        query = select(Person).where(Person.subject == "demo-agency")
        person = encode_id((await session.scalars(query)).one())
    letter = {"channel": "letter", "externalId": "9", "text": "Жалоба", "addressee": "agency"}
    given = {**letter, "complainedOfficial": person}
    taken = (await api.data(TAKE, "coordinator", input=given))["takeIn"]
    assert taken == {
        "status": "ADDED",
        "routed": False,
        "appeal": {"complainedOfficial": {"subject": "demo-agency"}, "state": "QUEUED"},
    }
    known = (await api.data(TAKE, "coordinator", input=given))["takeIn"]
    assert known["status"] == "KNOWN"
    before = await rows(api)
    nobody = {**given, "externalId": "10", "complainedOfficial": global_id("Person", 9999)}
    assert (await api.data(TAKE, "coordinator", input=nobody))["takeIn"] == {"code": "NOT_FOUND"}
    assert await rows(api) == before
