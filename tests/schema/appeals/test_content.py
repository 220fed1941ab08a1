"""Who may read what is written in a case, and that every reading of it is journalled (R52)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.complaints import name_official
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Outcome
from core.directory.model import Appointment, Delegation, Person
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from schema.graphql.ids import decode_id, encode_id
from tests.fixtures.actors import EVER, appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

CANARY = "Канарейкина Анна живёт на улице Полевой"
ONE = "query($id: ID!) { appeal(id: $id) { number %s } }"
ALL = """{ appeals(order: OLDEST) { nodes { externalId text address
    ledger { fact reason } answers { outcome text evidence { kind } } } } }"""
PLAIN = "{ appeals { nodes { number state dueAt theme { key } body { key } ledger { fact } } } }"
SEARCH = """{ appeals(filter: {text: "Канарейкина"}) { totalCount nodes { externalId } }
    appealCounts(by: [REGIME], filter: {text: "Канарейкина"}) { total } }"""


@pytest.fixture
async def api(kursk: Region, http: AsyncClient) -> Api:
    """Kursk with its press officer, a head of a direction, a curator, and one of two offices."""
    async with kursk.work(system()) as work:
        for role in ("media-responsible", "direction-head", "curator", "administrator"):
            await appoint(work, role, subject=f"demo-{role}")
        both = await appoint(work, "block-head", blocks=["roads"], subject="demo-both")
        work.session.add(
            Appointment(
                role="media-responsible", person_id=both.person_id, blocks=[], municipalities=[],
                ground="для проверки", since=EVER,
            )
        )  # fmt: skip
    return Api(kursk, http)


async def taken(work: Work, external_id: str, theme: str) -> Appeal:
    new = NewAppeal(
        "letter", external_id, f"{CANARY}, яма.", theme=theme, address=CANARY,
        latitude=51.5, longitude=36.25,
    )  # fmt: skip
    return await work.session.get_one(Appeal, (await take_in(work, new)).appeal_id)


@pytest.fixture
async def cases(api: Api) -> dict[str, str]:
    """Two cases of one author, the first answered with the author's name in the words."""
    async with api.region.work(system()) as work:
        roads, health = [await taken(work, theme, theme) for theme in ("roads", "health")]
        await handover.accept(work, roads.id)
        answer = NewAnswer(f"{CANARY}: разъяснено.", Outcome.EXPLAINED)
        await answers.answer(work, roads.id, answer)
        return {"roads": encode_id(roads), "health": encode_id(health)}


async def journalled(api: Api) -> list[tuple[str, str]]:
    async with api.region.database.reading() as session:
        query = select(JournalEntry.actor, JournalEntry.subject)
        query = query.where(JournalEntry.name == "content.read").order_by(JournalEntry.id)
        return [(actor, subject) for actor, subject in await session.execute(query)]


FIELDS = (
    "text", "address", "latitude", "longitude", "ledger { reason }", "answers { text }",
    "answers { evidence { kind } }",
)  # fmt: skip


@pytest.mark.clause("fz59/6.2")
@pytest.mark.parametrize("role", ["media-responsible", "direction-head"])
@pytest.mark.parametrize("field", FIELDS)
async def test_who_does_not_handle_a_case_reads_nothing_of_it(
    api: Api, cases: dict[str, str], role: str, field: str
) -> None:
    answer = await api.post(ONE % field, {"id": cases["roads"]}, role=role)
    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert codes == {"FORBIDDEN"}
    assert "Канарейкина" not in answer.text
    number = answer.json()["data"]["appeal"]["number"]
    assert number.endswith("-000001")
    assert await journalled(api) == []


@pytest.mark.clause("fz59/6.2")
async def test_what_stands_without_persons_is_open_and_not_journalled(
    api: Api, cases: dict[str, str]
) -> None:
    for role in ("media-responsible", "both", "curator"):
        data = await api.data(PLAIN, role)
        assert len(data["appeals"]["nodes"]) == 2
        assert data["appeals"]["nodes"][0]["theme"] == {"key": "health"}
    assert await journalled(api) == []


@pytest.mark.clause("fz59/6.2")
async def test_every_case_whose_content_was_read_is_journalled(
    api: Api, cases: dict[str, str]
) -> None:
    one = await api.data(ONE % "text", "curator", id=cases["health"])
    assert one["appeal"]["text"] == f"{CANARY}, яма."
    curator = "demo-curator"
    assert await journalled(api) == [(curator, "appeal:2")]
    nodes = (await api.data(ALL, "curator"))["appeals"]["nodes"]
    assert [node["text"] for node in nodes] == [f"{CANARY}, яма."] * 2
    assert nodes[0]["answers"] == [
        {"outcome": "EXPLAINED", "text": f"{CANARY}: разъяснено.", "evidence": []}
    ]
    read = await journalled(api)
    assert read[1:] == [(curator, "appeal:1"), (curator, "appeal:2")]
    await api.data(ONE % "answers { text }", "curator", id=cases["roads"])
    assert (await journalled(api))[3:] == [(curator, "appeal:1")]


@pytest.mark.clause("fz59/6.2")
async def test_each_case_is_open_where_it_is_handled(api: Api, cases: dict[str, str]) -> None:
    """Planned or not: what fails beside it makes the resolvers answer the same."""
    for query in (ALL, ALL.replace("nodes {", 'nodes { applicant(purpose: "проверка") { name }')):
        answer = (await api.post(query, role="both")).json()
        roads, health = answer["data"]["appeals"]["nodes"]
        assert (roads["externalId"], health["externalId"]) == ("roads", "health")
        assert (roads["text"], roads["address"]) == (f"{CANARY}, яма.", CANARY)
        assert roads["answers"][0]["text"] == f"{CANARY}: разъяснено."
        assert roads["ledger"][2]["reason"]
        assert (health["text"], health["address"]) == (None, None)
        assert {entry["reason"] for entry in health["ledger"]} == {None}
        assert [entry["fact"] for entry in health["ledger"]][:2] == ["RECEIVED", "REGISTERED"]
    assert {*await journalled(api)} == {("demo-both", "appeal:1")}


@pytest.mark.clause("fz59/6.2")
async def test_words_are_looked_for_only_where_they_may_be_read(
    api: Api, cases: dict[str, str]
) -> None:
    found = await api.data(SEARCH, "both")
    assert found["appeals"] == {"totalCount": 1, "nodes": [{"externalId": "roads"}]}
    assert found["appealCounts"] == [{"total": 1}]
    whole = await api.data(SEARCH, "curator")
    assert (whole["appeals"]["totalCount"], whole["appealCounts"]) == (2, [{"total": 2}])
    answer = (await api.post(SEARCH, role="media-responsible")).json()
    assert answer["data"] == {"appeals": None, "appealCounts": None}
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"FORBIDDEN"}


ADMIT = """mutation($input: AdmitInput!) { admitReader(input: $input) {
  ... on Appeal { admissions { kind document dated until person { name } } }
  ... on Refusal { code } } }"""


@pytest.mark.clause("fz59/6.2", "tsur.practice/lifecycle.admit")
async def test_whoever_is_admitted_reads_that_case_alone_and_is_journalled(
    api: Api, cases: dict[str, str], clock: FrozenClock
) -> None:
    async with api.region.work(system()) as work:
        person = Person(subject="demo-prosecutor", name="Пробный Прокурор")
        work.session.add(person)
        await work.session.flush()
        until = work.today + timedelta(days=5)
        given = {
            "id": cases["roads"], "person": encode_id(person), "kind": "PROSECUTOR",
            "document": "требование № 7", "dated": str(work.today), "until": str(until),
        }  # fmt: skip
    assert (await api.error(PLAIN, "prosecutor"))["extensions"]["code"] == "FORBIDDEN"
    (admitted,) = (await api.data(ADMIT, "curator", input=given))["admitReader"]["admissions"]
    assert (admitted["kind"], admitted["person"]) == ("PROSECUTOR", {"name": "Пробный Прокурор"})
    (seen,) = (await api.data(ALL, "prosecutor"))["appeals"]["nodes"]
    assert (seen["externalId"], seen["text"], seen["address"]) == (
        "roads",
        f"{CANARY}, яма.",
        CANARY,
    )
    assert seen["answers"][0]["text"] == f"{CANARY}: разъяснено."
    assert (await api.data(ONE % "text", "prosecutor", id=cases["health"]))["appeal"] is None
    counted = await api.data(SEARCH, "prosecutor")
    assert counted["appeals"]["totalCount"] == 1
    assert {*await journalled(api)} == {("demo-prosecutor", "appeal:1")}
    clock.forward(days=5)
    assert (await api.error(PLAIN, "prosecutor"))["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize("who", ["curator", "administrator"])
@pytest.mark.clause("fz59/6.2", "fz59/8.6")
async def test_whom_a_case_complains_of_reads_nothing_of_it(
    api: Api, cases: dict[str, str], who: str
) -> None:
    """Not by his appointment, not by its words, not in the words of others; nor his delegate."""
    async with api.region.work(system()) as work:
        query = select(Person.id).where(Person.subject == "demo-curator")
        curator = (await work.session.scalars(query)).one()
        await name_official(
            work, decode_id(cases["roads"], "Appeal"), curator, f"{CANARY} жалуется"
        )
        if who != "curator":
            await lend(work, curator, f"demo-{who}")
    health, roads = (await api.data(ALL.replace("OLDEST", "NEWEST"), who))["appeals"]["nodes"]
    assert (roads["externalId"], roads["text"], roads["address"]) == ("roads", None, None)
    assert {entry["reason"] for entry in roads["ledger"]} == {None}
    assert [answer["text"] for answer in roads["answers"]] == [None]
    assert health["text"] == f"{CANARY}, яма."
    found = await api.data(SEARCH, who)
    assert found["appeals"] == {"totalCount": 1, "nodes": [{"externalId": "health"}]}
    assert found["appealCounts"] == [{"total": 1}]
    asked = ONE % 'applicant(purpose: "проверка") { name }'
    answer = (await api.post(asked, {"id": cases["roads"]}, role=who)).json()
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert {*await journalled(api)} == {(f"demo-{who}", "appeal:2")}


async def lend(work: Work, holder: int, subject: str) -> None:
    """Whoever has this subject acts within the holder's appointment now."""
    number = await work.session.scalar(
        select(Appointment.id).where(Appointment.person_id == holder)
    )
    person = await work.session.scalar(select(Person.id).where(Person.subject == subject))
    assert number is not None
    assert person is not None
    days = {"since": work.today, "until": work.today + timedelta(days=30)}
    lent = Delegation(appointment_id=number, person_id=person, reason="отпуск", **days)
    work.session.add(lent)
